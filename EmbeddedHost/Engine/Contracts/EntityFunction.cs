using DurableTask.Core.Entities.OperationFormat;

namespace EmbeddedHost.Engine.Contracts;

/// <summary>
/// Runs a batch of operations on an entity, one after another, from the state in the request to the one in the result. An
/// operation that fails has its failure for a result, and no effects; the function itself throws where none could run.
/// </summary>
internal delegate ValueTask<EntityBatchResult> EntityFunction(EntityBatchRequest batch, CancellationToken cancellationToken);
