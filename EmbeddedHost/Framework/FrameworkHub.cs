using System.Text;
using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.Entities.OperationFormat;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using DurableTask.Core.Settings;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using Microsoft.DurableTask.Client;
using HistoryEvent = DurableTask.Core.History.HistoryEvent;

namespace EmbeddedHost.Framework;

/// <summary>
/// A task hub of the Durable Task Framework, over any of its stores: Microsoft's own worker and dispatchers, which run the app's
/// functions here as they have the Functions host run them.
/// </summary>
internal sealed class FrameworkHub : ITaskHub, IDisposable
{
    /// <summary>The source of the Framework's spans.</summary>
    public const string SourceName = "DurableTask.Core";

    private const int None = -1;

    private readonly EngineServices _services;
    private readonly Func<CancellationToken, Task>? _try;
    private readonly TaskHubWorker _worker;
    private readonly CancellationTokenSource _stopping = new();
    private int _atWork;
    private bool _isStarted;

    /// <param name="service">The store.</param>
    /// <param name="services">What the engine has of its host.</param>
    /// <param name="versioning">The version of instances that are started without one, and which others run here.</param>
    /// <param name="tryFirst">Finds out at a start whether the store can be used at all; null: opening it will tell.</param>
    public FrameworkHub(
        IOrchestrationService service, EngineServices services, VersioningSettings versioning, Func<CancellationToken, Task>? tryFirst = null)
    {
        _services = services;
        _try = tryFirst;
        Client = new FrameworkClient(
            (IOrchestrationServiceClient)service, new SerializerDataConverter(services.Serializer), services.Clock, versioning.Version);
        _worker = new TaskHubWorker(
            service,
            new InMiddleware<TaskOrchestration>(),
            new InMiddleware<TaskActivity>(),
            new InMiddleware<TaskEntity>(),
            versioning,
            services.Loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _worker.AddOrchestrationDispatcherMiddleware((turn, _) => AtWorkAsync(() => RunTurn(turn)));
        _worker.AddActivityDispatcherMiddleware((call, _) => AtWorkAsync(() => RunActivityAsync(call)));
        _worker.AddEntityDispatcherMiddleware((batch, _) => AtWorkAsync(() => RunEntityAsync(batch)));
    }

    /// <inheritdoc />
    public DurableTaskClient Client { get; }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken ct)
    {
        if (_try is not null)
        {
            await _try(ct);
        }

        await _worker.orchestrationService.CreateIfNotExistsAsync();
        _isStarted = true;
        _ = await _worker.StartAsync();
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken ct)
    {
        if (!_isStarted)
        {
            return;
        }

        // Nothing more is fetched; who holds a partition hands it over. What runs ends by itself, or is run again elsewhere.
        var stop = _worker.StopAsync(isForced: true);
        await _stopping.CancelAsync();
        try
        {
            await stop.WaitAsync(ct);
            while (Volatile.Read(ref _atWork) > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Other hosts take over what this one has in hand once its leases have run out.
        }
    }

    /// <inheritdoc cref="Hosting.IHostRuntime.EnterWork" />
    public void EnterWork() => Interlocked.Increment(ref _atWork);

    /// <inheritdoc cref="Hosting.IHostRuntime.LeaveWork" />
    public void LeaveWork() => Interlocked.Decrement(ref _atWork);

    /// <inheritdoc />
    public async Task<HistoryDocument?> ReadHistoryAsync(string instanceId, bool includePayloads, CancellationToken ct) =>
        await Client.GetInstanceAsync(instanceId, ct) is null
            ? null
            : FrameworkHistory.Report(await Client.GetOrchestrationHistoryAsync(instanceId, ct), includePayloads);

    public void Dispose()
    {
        _worker.Dispose();
        (_worker.orchestrationService as IDisposable)?.Dispose();
        _stopping.Dispose();
    }

    private async Task AtWorkAsync(Func<Task> work)
    {
        EnterWork();
        try
        {
            await work();
        }
        finally
        {
            LeaveWork();
        }
    }

    private Task RunTurn(DispatchMiddlewareContext turn)
    {
        var state = turn.GetProperty<OrchestrationRuntimeState>();
        turn.SetProperty(_services.Functions.FindOrchestrator(state.Name) is { } function
            ? new FrameworkTurn(state, function, _services).Run(turn.GetProperty<TaskOrchestrationEntityParameters>())
            : OrchestratorExecutionResult.ForFailure(
                $"The orchestrator '{state.Name}' is not part of this app. Deploy the code that has it, and rewind the instance.", details: null));
        return Task.CompletedTask;
    }

    private async Task RunActivityAsync(DispatchMiddlewareContext call)
    {
        var scheduled = call.GetProperty<TaskScheduledEvent>();
        HistoryEvent answer;
        try
        {
            var function = _services.Functions.FindActivity(scheduled.Name!) ?? throw new InvalidOperationException(
                $"The activity '{scheduled.Name}' is not part of this app. Check the name, or deploy the code that has it.");
            var result = await function(
                new ActivityCall(
                    call.GetProperty<OrchestrationInstance>().InstanceId, scheduled.Name!, scheduled.EventId, TurnActions.InputOf(scheduled.Input)),
                _stopping.Token);
            answer = new TaskCompletedEvent(None, scheduled.EventId, result is null ? null : Encoding.UTF8.GetString(result));
        }
        catch (Exception e) when (IsOurs(e))
        {
            throw Again(e);
        }
        catch (Exception e)
        {
            answer = new TaskFailedEvent(None, scheduled.EventId, reason: null, details: null, Failures.Of(e));
        }

        call.SetProperty(new ActivityExecutionResult { ResponseEvent = answer });
    }

    private async Task RunEntityAsync(DispatchMiddlewareContext dispatch)
    {
        var batch = dispatch.GetProperty<EntityBatchRequest>();
        var name = EntityId.FromString(batch.InstanceId!).Name;
        EntityBatchResult result;
        try
        {
            result = _services.Functions.FindEntity(name) is { } function
                ? await function(batch, _stopping.Token)
                : Failed(batch, new FailureDetails(
                    "EntityFunctionNotFound", $"The entity '{name}' is not part of this app. Check the name, or deploy the code that has it.",
                    stackTrace: null, innerFailure: null, isNonRetriable: true));
        }
        catch (Exception e) when (IsOurs(e))
        {
            throw Again(e);
        }
        catch (Exception e)
        {
            result = Failed(batch, Failures.Of(e));
        }

        dispatch.SetProperty(result);
    }

    private static EntityBatchResult Failed(EntityBatchRequest batch, FailureDetails failure) =>
        new() { Actions = [], Results = [], EntityState = batch.EntityState, FailureDetails = failure };

    // What ends in a stop may have failed of it, whatever the exception says.
    private bool IsOurs(Exception e) => _stopping.IsCancellationRequested || e is SessionAbortedException || FatalErrors.IsFatal(e);

    private static SessionAbortedException Again(Exception e) => new(e.Message, e);

    /// <summary>Each work item is run by the middleware: the Framework has none of the app's code.</summary>
    private sealed class InMiddleware<T> : INameVersionObjectManager<T>
        where T : class
    {
        public void Add(ObjectCreator<T> creator) => throw new NotSupportedException("The app's functions are run by the middleware.");

        public T? GetObject(string name, string? version) => null;
    }
}
