using DurableTask.Core.Entities.OperationFormat;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>The operations of one invocation of an entity, as the worker's own dispatcher takes them, and what they come to.</summary>
internal sealed class EntityBatch(EntityBatchRequest request)
{
    private TaskEntityDispatcher? _dispatcher;

    /// <summary>What the function dispatches them with. It makes entities, and their shims, of the invocation's services.</summary>
    public TaskEntityDispatcher Dispatcher(IServiceProvider services) => _dispatcher ??= WorkerInternals.DispatcherOf(request, services);

    /// <summary>What they came to.</summary>
    /// <exception cref="InvalidOperationException">The function has not dispatched them.</exception>
    public EntityBatchResult ReadResult(string function) =>
        (_dispatcher is null ? null : WorkerInternals.ResultOf(_dispatcher)) ?? throw new InvalidOperationException(
            $"The function '{function}' ended without having run its entity: expected a call of {nameof(TaskEntityDispatcher)}.DispatchAsync.");
}
