using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;
using Sagas.Http;

namespace OrderSagaFunctions.Review;

/// <summary>The reviewer's decision over HTTP.</summary>
public sealed class ReviewApi(OrderStore orders, ReviewStore reviews, ReviewDesk desk)
{
    /// <summary>
    /// Decides a review. The first decision stands; a later one, or one after the deadline, gets 409 with it, and wakes the saga
    /// once more in case its event was lost.
    /// </summary>
    [Function("DecideOrderReview")]
    public async Task<HttpResponseData> DecideAsync(
        [HttpTrigger(Roles.Review, "post", Route = "orders/{orderId}/review")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return await request.OrderNotFoundAsync(orderId);
        }

        var errors = QueryFields.RefuseAll(request);
        using var body = await request.ReadJsonAsync(errors, cancellation);
        if (body is null || ReviewAnswer.Read(body.RootElement, errors, Caller.NameOf(request)) is not { } answer)
        {
            return await request.RefuseAsync(errors);
        }

        var instance = await client.GetInstanceAsync(order.InstanceId, cancellation);
        if (await desk.FindAsync(order.Id, instance, cancellation) is null or { Status: ReviewView.Withdrawn })
        {
            return await request.ConflictAsync(
                Problem.NotInReview, "Not in review", $"Order '{orderId}' does not wait for a review. Nothing was done.");
        }

        var first = await reviews.TryDecideAsync(order.Id, answer, cancellation);
        var decision = await reviews.FindDecisionAsync(order.Id, cancellation);
        await client.WakeAsync(order.InstanceId, ReviewDecision.EventName, cancellation);
        return first
            ? await request.AnswerAsync(HttpStatusCode.OK, decision!)
            : await request.AnswerAsync(new Problem(
                Problem.AlreadyDecided, "Already decided", (int)HttpStatusCode.Conflict, decision is { TimedOut: true }
                    ? $"Nobody decided the review of order '{orderId}' in time. The order goes back as timed out."
                    : $"The review of order '{orderId}' was decided before; that decision stands.")
            {
                Decision = decision,
            });
    }
}
