using DurableTask.AzureStorage;
using DurableTask.Core.Settings;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Framework;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Storage.Azurite;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>Microsoft's engine over a storage account, as this host runs it.</summary>
internal sealed class AzureStorageEngine : ContractEngine
{
    private readonly LambdaFunctions _functions = new();
    private readonly FrameworkHub _hub;

    private AzureStorageEngine(ContractApp app, AzureStorageOrchestrationService service)
    {
        app.AddTo(_functions);
        _hub = new FrameworkHub(
            service, new EngineServices(_functions, _functions, TimeProvider.System, NullLoggerFactory.Instance), new VersioningSettings());
    }

    /// <summary>The hub as this host asks it.</summary>
    public ITaskHub Hub => _hub;

    public override DurableTaskClient Client => _hub.Client;

    // A queue hides a message for whole seconds, and the rest is cut off.
    public override TimeSpan TimersComeEarlyBy => TimeSpan.FromSeconds(1);

    public static async Task<AzureStorageEngine> StartAsync(ContractApp app)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var engine = new AzureStorageEngine(app, new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            StorageAccountClientProvider = new StorageAccountClientProvider(azurite.ConnectionString(AzuriteServer.HubAccount)),
            TaskHubName = $"hub{Guid.NewGuid():N}",
            // One machine and few messages: what serves many only costs time at start.
            PartitionCount = 1,
            UseAppLease = false,
            LeaseAcquireInterval = TimeSpan.FromMilliseconds(100),
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(50),
            ThrowExceptionOnInvalidDedupeStatus = true,
            UseSeparateQueueForEntityWorkItems = true,
        }));
        await engine._hub.StartAsync(CancellationToken.None);
        return engine;
    }

    /// <summary>Each turn is replayed: the next one runs the new code.</summary>
    public override Task DeployAsync(Action<ContractApp> change)
    {
        var changes = new ContractApp();
        change(changes);
        changes.AddTo(_functions);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        // Not waited for: to give up a lease takes a second, and the hub is nobody else's.
        _ = StopAsync();
        return ValueTask.CompletedTask;
    }

    private async Task StopAsync()
    {
        await _hub.StopAsync(CancellationToken.None);
        _hub.Dispose();
    }
}
