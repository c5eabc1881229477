using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>What is particular to the embedded tables: durability, and what they count.</summary>
public sealed class EmbeddedTablesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reopen_AfterDispose_KeepsTablesAndEntities()
    {
        using (var tables = new EmbeddedTables(_folder.Path))
        {
            var orders = tables.Client.GetTableClient("orders");
            await orders.CreateAsync();
            await orders.AddEntityAsync(new TableEntity("p", "r") { ["Name"] = "Ada" });
        }

        using var again = new EmbeddedTables(_folder.Path);
        var row = (await again.Client.GetTableClient("Orders").GetEntityAsync<TableEntity>("p", "r")).Value;
        Assert.Equal("Ada", row.GetString("Name"));
        Assert.Equal("orders", Assert.Single(again.Client.Query()).Name);
    }

    [Fact]
    public void Open_FolderInUse_IsRefused()
    {
        using var tables = new EmbeddedTables(_folder.Path);

        Assert.Contains(_folder.Path, Assert.ThrowsAny<InvalidOperationException>(() => new EmbeddedTables(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Synchronous_WritingConnection_IsFull()
    {
        using var store = new TableStore(_folder.File("tables.db"));

        Assert.Equal(2, store.Database.SynchronousLevel);
    }

    [Fact]
    public async Task Committer_Counters_CountEachOperation()
    {
        using var store = new TableStore(_folder.File("tables.db"));
        var table = new EmbeddedTableServiceClient(store).GetTableClient("orders");
        await table.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => table.AddEntityAsync(new TableEntity("p", $"{i}")))));

        Assert.Equal(201, store.Database.Committer.Works);
        Assert.InRange(store.Database.Committer.Commits, 2, 201);
    }

    [Fact]
    public void Timestamps_ClockStandsStill_StillGrow()
    {
        var clock = new Moq.Mock<TimeProvider>();
        clock.Setup(time => time.GetUtcNow()).Returns(DateTimeOffset.UnixEpoch);
        using var store = new TableStore(_folder.File("tables.db"), clock.Object);

        var first = store.NextTimestamp();
        Assert.Equal(DateTimeOffset.UnixEpoch.Ticks, first);
        Assert.Equal(first + 1, store.NextTimestamp());
    }

    [Fact]
    public void Query_FilterMalformed_NamesThePosition()
    {
        using var tables = new EmbeddedTables(_folder.Path);
        tables.Client.CreateTable("orders");

        var refusal = Assert.Throws<RequestFailedException>(() =>
            tables.Client.GetTableClient("orders").Query<TableEntity>("Name eq 'a' or (Age lt ten)").ToList());

        Assert.Contains("position 23", refusal.Message, StringComparison.Ordinal);
    }
}
