using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Recovery;

/// <summary>Has a parked saga try again, over HTTP.</summary>
public sealed class RetryApi(OrderStore orders, ParkedSagas parked)
{
    /// <summary>202 where the saga waits, its deadline has not passed and nobody has decided; else 409.</summary>
    [Function("RetryOrder")]
    public async Task<HttpResponseData> RetryAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "orders/{orderId}/retry")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNotes.ReadAsync(request, needsReason: false, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return await request.OrderNotFoundAsync(orderId);
        }

        return await parked.DecideAsync(client, order.Saga, incident: null, ParkDecision.Retry, note, cancellation) switch
        {
            ParkAnswer.Decided => request.CreateResponse(HttpStatusCode.Accepted),
            ParkAnswer.TooLate => await request.ConflictAsync(
                Problem.AlreadyDecided, "Already decided", $"What becomes of order '{orderId}' was decided before, or its deadline has passed; that decision stands."),
            _ => await request.ConflictAsync(
                Problem.NotParked, "Not parked", $"The saga of order '{orderId}' does not wait for an operator. Nothing was done."),
        };
    }
}
