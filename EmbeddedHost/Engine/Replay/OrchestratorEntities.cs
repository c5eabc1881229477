using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// What an orchestrator sees of entities: the worker's own feature, with a clear error where code uses it outside of its turn.
/// </summary>
/// <param name="inner">The worker's own.</param>
/// <param name="orchestrator">The orchestrator's name.</param>
/// <param name="turn">The thread that the code must stay on.</param>
/// <param name="noteWait">Told what the code may wait for: an answer comes as an event does.</param>
internal sealed class OrchestratorEntities(
    TaskOrchestrationEntityFeature inner, string orchestrator, TurnThread turn, Action<Task> noteWait) : TaskOrchestrationEntityFeature
{
    /// <inheritdoc />
    public override Task<TResult> CallEntityAsync<TResult>(
        EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null)
    {
        turn.Assert(orchestrator);
        var call = inner.CallEntityAsync<TResult>(id, operationName, input, options);
        noteWait(call);
        return call;
    }

    /// <inheritdoc />
    public override Task CallEntityAsync(EntityInstanceId id, string operationName, object? input = null, CallEntityOptions? options = null)
    {
        turn.Assert(orchestrator);
        var call = inner.CallEntityAsync(id, operationName, input, options);
        noteWait(call);
        return call;
    }

    /// <inheritdoc />
    public override Task SignalEntityAsync(
        EntityInstanceId id, string operationName, object? input = null, SignalEntityOptions? options = null)
    {
        turn.Assert(orchestrator);
        return inner.SignalEntityAsync(id, operationName, input, options);
    }

    /// <inheritdoc />
    public override Task<IAsyncDisposable> LockEntitiesAsync(IEnumerable<EntityInstanceId> entityIds)
    {
        turn.Assert(orchestrator);
        var locks = inner.LockEntitiesAsync(entityIds);
        noteWait(locks);
        return locks;
    }

    /// <inheritdoc />
    public override bool InCriticalSection([NotNullWhen(true)] out IReadOnlyList<EntityInstanceId>? entityIds)
    {
        turn.Assert(orchestrator);
        return inner.InCriticalSection(out entityIds);
    }
}
