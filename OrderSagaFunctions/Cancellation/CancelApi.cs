using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;

namespace OrderSagaFunctions.Cancellation;

/// <summary>Cancels orders over HTTP.</summary>
public sealed class CancelApi(OrderStore orders, OrderStart start, CancelGate gate, ParkedSagas parked)
{
    /// <summary>
    /// 202 where the saga has not passed its pivot: it goes backward between its steps, or out of a wait. 409 where it has,
    /// or has ended. Repeating it wakes the saga once more.
    /// </summary>
    [Function("CancelOrder")]
    public async Task<HttpResponseData> CancelAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "orders/{orderId}/cancel")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNote.ReadAsync(request, needsReason: false, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return await request.OrderNotFoundAsync(orderId);
        }

        if (!await start.RunsAsync(client, order, cancellation))
        {
            return await request.ConflictAsync(Problem.TooLateToCancel, "Too late to cancel", $"The saga of order '{orderId}' has ended. Nothing was done.");
        }

        if (!await gate.TryCancelAsync(orderId, order.Generation, note, cancellation))
        {
            return await request.ConflictAsync(
                Problem.TooLateToCancel, "Too late to cancel", $"Order '{orderId}' is committed: its saga has passed the point of no return. Nothing was done.");
        }

        await parked.CancelAsync(client, order.Saga, cancellation);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }
}
