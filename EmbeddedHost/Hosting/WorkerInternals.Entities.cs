using System.Runtime.CompilerServices;
using DurableTask.Core.Entities.OperationFormat;
using Google.Protobuf;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Worker;
using Proto = Microsoft.DurableTask.Protobuf;

namespace EmbeddedHost.Hosting;

/// <content>
/// The dispatcher that entity functions take. It runs entities with the worker's own shims, but is made of what the Functions
/// host sends, a message in Protobuf, by the extension alone.
/// </content>
internal static partial class WorkerInternals
{
    // Nothing is kept from batch to batch: each has the entity's state.
    private static readonly ExtendedSessionsCache NoSessions = new();

    /// <summary>The dispatcher of a batch of operations.</summary>
    public static TaskEntityDispatcher DispatcherOf(EntityBatchRequest request, IServiceProvider services)
    {
        var message = new Proto.EntityBatchRequest { InstanceId = request.InstanceId, EntityState = request.EntityState };
        message.Operations.AddRange(request.Operations!.Select(static operation => new Proto.OperationRequest
        {
            RequestId = $"{operation.Id}", Operation = operation.Operation ?? "", Input = operation.Input,
        }));
        return New(Convert.ToBase64String(message.ToByteArray()), services, NoSessions);
    }

    /// <summary>What a dispatcher's batch has come to; null where it was not run.</summary>
    public static EntityBatchResult? ResultOf(TaskEntityDispatcher dispatcher) => Result(dispatcher) is { Length: > 0 } result
        ? FromMessage(null, Proto.EntityBatchResult.Parser.ParseFrom(Convert.FromBase64String(result)))
        : null;

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern TaskEntityDispatcher New(string request, IServiceProvider services, ExtendedSessionsCache extendedSessionsCache);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Result")]
    private static extern string Result(TaskEntityDispatcher dispatcher);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "ToEntityBatchResult")]
    private static extern EntityBatchResult? FromMessage(
        [UnsafeAccessorType("Microsoft.DurableTask.ProtoUtils, Microsoft.DurableTask.Worker.Grpc")] object? owner, Proto.EntityBatchResult? message);
}
