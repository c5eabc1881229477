using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask.Client.Entities;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract.Entities;

/// <summary>Lists of entities.</summary>
public sealed class EntityQueryContractTests
{
    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task GetAllEntities_ByPrefixAndInPages_FindsEachOnce(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind);
        foreach (var id in new[] { new EntityInstanceId("Counter", "a1"), new("counter", "a2"), new("Counter", "b1") })
        {
            await engine.Client.Entities.SignalEntityAsync(id, "Add", 1);
            await EntityContractTests.HasStateAsync(engine, id, 1);
        }

        var diary = new EntityInstanceId("Diary", "a1");
        await engine.Client.Entities.SignalEntityAsync(diary, "Write", "x");
        await ContractEngine.UntilAsync(async () => await engine.Client.Entities.GetEntityAsync(diary) is not null, "the diary is there");

        Assert.Equal(["@counter@a1", "@counter@a2", "@counter@b1", "@diary@a1"], await IdsAsync(engine, new EntityQuery { PageSize = 2 }));
        Assert.Equal(["@counter@a1", "@counter@a2"], await IdsAsync(engine, new EntityQuery { InstanceIdStartsWith = "Counter@a" }));
        Assert.Equal(["@diary@a1"], await IdsAsync(engine, new EntityQuery { InstanceIdStartsWith = "@di" }));
        Assert.Empty(await IdsAsync(engine, new EntityQuery { InstanceIdStartsWith = "none" }));
        await foreach (var found in engine.Client.Entities.GetAllEntitiesAsync(new EntityQuery { InstanceIdStartsWith = "diary", IncludeState = false }))
        {
            Assert.False(found.IncludesState);
        }
    }

    [Theory]
    [Engines(Except = [EngineKind.InMemory], Because = EntityContractTests.NoStore)]
    public async Task GetEntity_WithoutState_TellsThatItIsThere(EngineKind kind)
    {
        await using var engine = await EntityContractTests.StartAsync(kind);
        var id = new EntityInstanceId("Counter", "one");
        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(1);
        await engine.Client.Entities.SignalEntityAsync(id, "Add", 4);
        await EntityContractTests.HasStateAsync(engine, id, 4);

        var found = (await engine.Client.Entities.GetEntityAsync(id, includeState: false))!;

        Assert.False(found.IncludesState);
        Assert.Equal(id, found.Id);
        Assert.InRange(found.LastModifiedTime, before, TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1));
        Assert.Null(await engine.Client.Entities.GetEntityAsync(new EntityInstanceId("Counter", "other"), includeState: false));
    }

    private static async Task<List<string>> IdsAsync(ContractEngine engine, EntityQuery query)
    {
        var ids = new List<string>();
        await foreach (var found in engine.Client.Entities.GetAllEntitiesAsync(query))
        {
            ids.Add($"{found.Id}");
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }
}
