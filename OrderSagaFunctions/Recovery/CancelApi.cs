using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Recovery;

/// <summary>Cancels orders over HTTP. What is granted comes true: the gate decides, and the saga ends as it says.</summary>
public sealed class CancelApi(OrderStore orders, OrderStart start, CancelGate gate, ParkedSagas parked, OrderResumption resumption)
{
    /// <summary>
    /// 202 with the cancel that stands where the saga has not passed its pivot: it goes backward between its steps or out of a
    /// wait, or is on its way back already; one that was stopped is sent back by another. 409 where it has passed, or has ended
    /// otherwise. Repeating it wakes the saga once more.
    /// </summary>
    [Function("CancelOrder")]
    public async Task<HttpResponseData> CancelAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "orders/{orderId}/cancel")] HttpRequestData request,
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

        if (order.Report?.Outcome is (SagaOutcome.Succeeded or SagaOutcome.Failed) and var outcome)
        {
            return await TooLateAsync(request, $"The saga of order '{orderId}' has ended {outcome}.");
        }

        // One that is claimed and has not begun is started: what is granted comes true in a saga.
        if (!await start.RunsAsync(client, order, cancellation) && order.HasStoredNothing)
        {
            return await request.ConflictAsync(
                OrderProblems.NotRecoverable, "Never stored", $"Order '{orderId}' was never stored: there is nothing to send back. Nothing was done.");
        }

        if (!await gate.TryCancelAsync(order.Id, note, cancellation))
        {
            return await TooLateAsync(request, await gate.IsPassedAsync(order.Id, cancellation)
                ? $"Order '{orderId}' is committed: its saga has passed the point of no return."
                : $"The saga of order '{orderId}' has gone back, and ends Failed.");
        }

        await SendBackAsync(client, orderId, note, cancellation);
        return await request.AnswerAsync(HttpStatusCode.Accepted, new CancelAnswer(orderId, (await gate.FindAsync(order.Id, cancellation))!.Note));
    }

    private async Task SendBackAsync(DurableTaskClient client, string orderId, OperatorNote note, CancellationToken cancellation)
    {
        // Read with the gate held: who takes the order up meanwhile has written that down before, or sees the gate.
        var order = (await orders.FindAsync(orderId, cancellation))!;
        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: true, cancellation);
        if (instance is not { IsCompleted: false } && !OrderResumption.IsOwed(order, instance))
        {
            // Stopped, or it has ended since: then its report is there by now.
            var now = (await orders.FindAsync(orderId, cancellation))!;
            if (now.Report is not null
                || await resumption.TryTakeUpAsync(client, order, instance, OrderResumption.Next(order, order.Generation), note, cancellation))
            {
                return;
            }

            // Another call has, and may have been cut off.
            order = (await orders.FindAsync(orderId, cancellation))!;
            instance = await client.GetInstanceAsync(order.InstanceId, cancellation);
        }

        if (OrderResumption.IsOwed(order, instance))
        {
            await resumption.StartOwedAsync(client, order, note, cancellation);
        }

        await parked.CancelAsync(client, order.Saga, cancellation);
    }

    private static Task<HttpResponseData> TooLateAsync(HttpRequestData request, string why) =>
        request.ConflictAsync(Problem.TooLateToCancel, "Too late to cancel", $"{why} Nothing was done.");
}

/// <summary>The answer to a cancel.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Cancelled">Who has cancelled it, why and when: the first who did.</param>
public sealed record CancelAnswer(string OrderId, StoredNote Cancelled);
