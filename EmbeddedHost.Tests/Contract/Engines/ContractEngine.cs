using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>A task hub of one engine with an app of a test, seen as a user sees it: through a client.</summary>
internal abstract class ContractEngine : IAsyncDisposable
{
    /// <summary>The client of the hub.</summary>
    public abstract DurableTaskClient Client { get; }

    /// <summary>How much before its time a timer may fire.</summary>
    public virtual TimeSpan TimersComeEarlyBy => TimeSpan.Zero;

    /// <summary>Starts a hub of its own with an app.</summary>
    public static async Task<ContractEngine> StartAsync(EngineKind kind, Action<ContractApp> configure)
    {
        var app = new ContractApp();
        configure(app);
        return kind switch
        {
            EngineKind.Embedded => new EmbeddedEngine(app, warm: 10_000),
            EngineKind.EmbeddedCold => new EmbeddedEngine(app, warm: 0),
            EngineKind.InMemory => await FrameworkEngine.StartAsync(app),
            _ => await AzureStorageEngine.StartAsync(app),
        };
    }

    /// <summary>Replaces code of the app, as a deployment does while instances are under way.</summary>
    public abstract Task DeployAsync(Action<ContractApp> change);

    public abstract ValueTask DisposeAsync();

    /// <summary>Starts an instance; returns its id.</summary>
    public Task<string> StartAsync(string orchestrator, object? input = null, string? instanceId = null) =>
        Client.ScheduleAsync(orchestrator, input, instanceId);

    /// <summary>Waits for an instance's end, and returns what the hub has of it.</summary>
    public Task<OrchestrationMetadata> EndAsync(string instanceId) => Client.EndAsync(instanceId);

    /// <summary>Starts an instance, waits for its end, and returns what the hub has of it.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null) =>
        await EndAsync(await StartAsync(orchestrator, input, instanceId));

    /// <summary>What the hub has of an instance now.</summary>
    public Task<OrchestrationMetadata> GetAsync(string instanceId) => Client.GetAsync(instanceId);

    /// <summary>Waits until the instance shows a custom status.</summary>
    public Task ShowsAsync(string instanceId, string customStatus) => UntilAsync(
        async () => await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true) is { SerializedCustomStatus: not null } row
            && row.ReadCustomStatusAs<string>() == customStatus,
        $"'{instanceId}' shows {customStatus}");

    /// <summary>Waits until the instance is in a state.</summary>
    public Task IsAsync(string instanceId, OrchestrationRuntimeStatus status) => UntilAsync(
        async () => (await Client.GetInstanceAsync(instanceId))?.RuntimeStatus == status, $"'{instanceId}' is {status}");

    /// <summary>The ids of what a query finds, sorted: engines list in orders of their own.</summary>
    public async Task<List<string>> IdsAsync(OrchestrationQuery? query = null)
    {
        var ids = new List<string>();
        await foreach (var row in Client.GetAllInstancesAsync(query))
        {
            ids.Add(row.InstanceId);
        }

        ids.Sort(StringComparer.Ordinal);
        return ids;
    }

    /// <summary>Waits until a condition holds.</summary>
    public static Task UntilAsync(Func<Task<bool>> condition, string what) => HubFixture.UntilAsync(condition, what);

    /// <summary>Waits until a condition holds.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => HubFixture.UntilAsync(condition, what);
}
