using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>The sagas that do not get on, over HTTP.</summary>
public sealed class StuckApi(StuckSagas sagas, LongReads reads)
{
    private static readonly TimeSpan DefaultTime = TimeSpan.FromMinutes(10);

    /// <summary>Lists the sagas without progress for longer than a time, the longest without it first, a page at a time.</summary>
    // Before "GetOrder" in the alphabet: Azure tries routes in the order of their functions' names, and "orders/{orderId}" fits too.
    [Function("FindStuckOrders")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders/stuck")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        var longerThan = query.Duration("longerThan") ?? DefaultTime;
        var (top, after) = (query.Top(), query.Continuation(SortKey.IsOne));
        query.RefuseOthers();
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await reads.RunAsync("stuck", () => sagas.FindAsync(client, longerThan, top, after?[0], cancellation), cancellation));
    }
}

/// <summary>A page of sagas without progress, the longest without it first.</summary>
/// <param name="Sagas">The sagas.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which sagas may be left out; null where there are none.</param>
public sealed record StuckPage(IReadOnlyList<StuckSaga> Sagas, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);

/// <summary>A saga that has not written its end, and has not got on for a while.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">The orchestration instance.</param>
/// <param name="RuntimeStatus">The instance's status: Running, Pending (also before its start) or Suspended; another one, or null where it is gone: it was stopped.</param>
/// <param name="LastProgressAt">When it last got on.</param>
/// <param name="State">The state it is in, where it has entered one.</param>
/// <param name="WaitsFor">Whom it waits for, where that is a person.</param>
public sealed record StuckSaga(
    string OrderId,
    string InstanceId,
    OrchestrationRuntimeStatus? RuntimeStatus,
    DateTimeOffset LastProgressAt,
    string? State,
    WaitsFor? WaitsFor);

/// <summary>Whom a saga waits for.</summary>
public enum WaitsFor
{
    /// <summary>The order is in review.</summary>
    Reviewer,

    /// <summary>The saga is parked, or was stopped and has an incident.</summary>
    Operator,
}
