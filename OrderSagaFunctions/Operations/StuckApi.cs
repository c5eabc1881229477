using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Http;

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
