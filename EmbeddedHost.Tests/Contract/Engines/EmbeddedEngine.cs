using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Tests.Engine;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>Our engine, over a folder of its own.</summary>
internal sealed class EmbeddedEngine : ContractEngine
{
    private readonly HubFixture _hub;

    public EmbeddedEngine(ContractApp app, int warm)
    {
        _hub = new HubFixture(warm);
        app.AddTo(_hub.Functions);
    }

    /// <summary>The hub as this host asks it.</summary>
    public ITaskHub Hub => _hub.Hub;

    public override DurableTaskClient Client => _hub.Client;

    public override Task DeployAsync(Action<ContractApp> change)
    {
        var changes = new ContractApp();
        change(changes);
        changes.AddTo(_hub.Functions);
        return _hub.CrashAndRestartAsync();
    }

    public override ValueTask DisposeAsync() => ((IAsyncDisposable)_hub).DisposeAsync();
}
