using DurableTask.Core;
using DurableTask.Core.History;
using EmbeddedHost.Framework;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;

namespace EmbeddedHost.Tests.Contract.Engines;

/// <summary>
/// Microsoft's engine, the Durable Task Framework, over a store in memory, which has no entities: it runs orchestrators as the Functions
/// host does, and with the worker's shims alone.
/// </summary>
internal sealed class FrameworkEngine : ContractEngine
{
    private readonly ContractApp _app;
    private readonly DurableTaskShimFactory _shims = new(new DurableTaskWorkerOptions { EnableEntitySupport = true });
    private readonly TaskHubWorker _worker;

    private FrameworkEngine(ContractApp app, InMemoryOrchestrationService service)
    {
        _app = app;
        Client = new FrameworkClient(service, JsonDataConverter.Default, TimeProvider.System);
        _worker = new TaskHubWorker(
            service,
            new Named<TaskOrchestration>(name => _app.FindOrchestration(name, _shims, parent: null)),
            new Named<TaskActivity>(name => _app.FindActivity(name, _shims)))
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _worker.AddOrchestrationDispatcherMiddleware((turn, _) =>
        {
            turn.SetProperty(Run(turn.GetProperty<OrchestrationRuntimeState>()));
            return Task.CompletedTask;
        });
        _worker.AddActivityDispatcherMiddleware((call, next) =>
        {
            var scheduled = call.GetProperty<TaskScheduledEvent>();
            if (_app.FindActivity(scheduled.Name!, _shims) is not null)
            {
                return next();
            }

            call.SetProperty(new ActivityExecutionResult
            {
                ResponseEvent = new TaskFailedEvent(
                    -1, scheduled.EventId, reason: null, details: null, new FailureDetails(new InvalidOperationException(Unknown(scheduled.Name!)))),
            });
            return Task.CompletedTask;
        });
    }

    public override DurableTaskClient Client { get; }

    public static async Task<FrameworkEngine> StartAsync(ContractApp app)
    {
        var engine = new FrameworkEngine(app, new InMemoryOrchestrationService());
        await engine._worker.orchestrationService.CreateIfNotExistsAsync();
        _ = await engine._worker.StartAsync();
        return engine;
    }

    /// <summary>The Framework replays each turn: the next one runs the new code.</summary>
    public override Task DeployAsync(Action<ContractApp> change)
    {
        change(_app);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        // Not waited for: the hub is nobody else's.
        _ = StopAsync();
        return ValueTask.CompletedTask;
    }

    private async Task StopAsync()
    {
        await _worker.StopAsync(isForced: true);
        _worker.Dispose();
    }

    private static string Unknown(string name) => $"The app has no '{name}'.";

    /// <summary>
    /// Runs a turn in the Functions host's way: outside of the Framework, which does not tell who the parent is, and with
    /// each failure for the instance's own, which the Framework would take for the machine's and try again for ever.
    /// </summary>
    private OrchestratorExecutionResult Run(OrchestrationRuntimeState state)
    {
        var parent = state.ParentInstance is { } p ? new ParentOrchestrationInstance(p.Name, p.OrchestrationInstance.InstanceId) : null;
        if (_app.FindOrchestration(state.Name, _shims, parent) is not { } orchestration)
        {
            return OrchestratorExecutionResult.ForFailure(Unknown(state.Name), details: null);
        }

        try
        {
            return new TaskOrchestrationExecutor(
                state, orchestration, BehaviorOnContinueAsNew.Carryover, entityParameters: null, ErrorPropagationMode.UseFailureDetails).Execute();
        }
        catch (Exception e)
        {
            return OrchestratorExecutionResult.ForFailure($"'{state.Name}' failed.", e);
        }
    }

    private sealed class Named<T>(Func<string, T?> find) : INameVersionObjectManager<T>
        where T : class
    {
        public void Add(ObjectCreator<T> creator) => throw new NotSupportedException("The app of the test has them all.");

        public T? GetObject(string name, string? version) => find(name);
    }
}
