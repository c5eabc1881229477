using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.Exceptions;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using Microsoft.DurableTask;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace EmbeddedHost.Framework;

/// <summary>
/// One turn of an orchestrator, replayed from its history by the Framework's own executor, in the Functions host's way: each failure is
/// the instance's own, which the Framework would take for the machine's and try again for ever.
/// </summary>
internal sealed class FrameworkTurn(OrchestrationRuntimeState state, OrchestratorFunction function, EngineServices services) : ITaskOrchestrator
{
    private readonly TurnThread _thread = new();
    private Exception? _outage;

    /// <inheritdoc />
    public Type InputType => typeof(object);

    /// <inheritdoc />
    public Type OutputType => typeof(object);

    /// <summary>Runs it.</summary>
    /// <param name="entities">How messages to entities are made; null: the store has none.</param>
    /// <exception cref="SessionAbortedException">It has not been run: it is to be run again.</exception>
    public OrchestratorExecutionResult Run(TaskOrchestrationEntityParameters? entities)
    {
        var parent = state.ParentInstance is { } p ? new ParentOrchestrationInstance(p.Name, p.OrchestrationInstance.InstanceId) : null;
        var executor = new TaskOrchestrationExecutor(
            state,
            services.Shims.CreateOrchestration(state.Name, this, services.Properties, parent),
            BehaviorOnContinueAsNew.Carryover,
            entities,
            ErrorPropagationMode.UseFailureDetails);
        OrchestratorExecutionResult result;
        _thread.Enter();
        try
        {
            result = executor.Execute();
        }
        catch (Exception e) when (e is not SessionAbortedException && !FatalErrors.IsFatal(e))
        {
            result = OrchestratorExecutionResult.ForFailure($"The orchestrator '{state.Name}' failed: {e.Message}", e);
        }
        finally
        {
            _thread.Leave();
        }

        return _outage is null ? result : throw new SessionAbortedException(_outage.Message, _outage);
    }

    /// <inheritdoc />
    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input)
    {
        var start = new OrchestrationStart(state.Name, state.Version, TurnActions.BytesOf(state.Input));
        try
        {
            return await function(new OrchestratorContext(context, start, _thread, services));
        }
        catch (Exception e) when (e is SessionAbortedException || FatalErrors.IsFatal(e))
        {
            // The executor would take it for the orchestrator's end.
            _outage = e;
            throw;
        }
        catch (Exception e) when (!Failures.IsReadable(e))
        {
            // The executor reads the message of what it catches.
            throw new CoreTaskFailedException(e.GetType().FullName, e) { FailureDetails = Failures.Of(e) };
        }
    }
}
