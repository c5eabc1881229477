using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using Sagas.Http;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>An order's timeline over HTTP.</summary>
public sealed class TimelineApi(Timeline timeline)
{
    /// <summary>Tells all that happened to an order, in the order of time.</summary>
    [Function("GetOrderTimeline")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders/{orderId}/timeline")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await timeline.TellAsync(client, orderId, cancellation) is { } told
                ? await request.AnswerAsync(HttpStatusCode.OK, told)
                : await request.OrderNotFoundAsync(orderId);
}

/// <summary>All that happened to an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Entries">What happened, in the order of time.</param>
public sealed record TimelineView(string OrderId, IReadOnlyList<TimelineEntry> Entries)
{
    /// <summary>The rows because of which something is left out; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}
