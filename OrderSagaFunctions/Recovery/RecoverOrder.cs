using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;

namespace OrderSagaFunctions.Recovery;

/// <summary>
/// Forward recovery of a failed order: a new saga, from the save points of the one before. Where that had undone nothing it
/// goes on in the same generation, and its steps find what is done; where it was stopped on its way back, or its cancel was
/// granted, it goes back to the end; else it begins a new generation. The new saga needs nothing of the old one's history, so
/// that it also helps where no code can replay that any more.
/// </summary>
public sealed class RecoverOrder(OrderStore orders, OrderEnds ends, SagaStandings standings, OrderResumption resumption, CancelGate gate)
{
    /// <summary>202 with the new saga's instance; 409 where the order's saga runs, has succeeded, was cancelled, or has left something undone.</summary>
    [Function(nameof(RecoverOrder))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "orders/{orderId}/recover")] HttpRequestData request,
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

        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: true, cancellation);
        if (OrderResumption.IsOwed(order, instance))
        {
            await resumption.StartOwedAsync(client, order, note, cancellation);
            return await AcceptAsync(request, orderId, order.InstanceId);
        }

        var standing = await standings.FindAsync(client, order, instance, cancellation);
        if (WhyNot(order, instance, standing) is { } reason)
        {
            return await RefuseAsync(request, orderId, reason);
        }

        // The next generation has a gate of its own: this one's is closed first, or a cancel might still be granted there.
        if (standing.IsDoneWith && !await gate.TryFailAsync(order.Id, cancellation))
        {
            return await RefuseAsync(request, orderId, "it was cancelled a moment ago; the same cancel again sends it back.");
        }

        // How it ended is counted before the next generation begins, also if its own last activity could not store it.
        if (standing.IsDoneWith && order.Report is null && SagaReport.Of(instance) is { } story)
        {
            _ = await ends.StoreAsync(new ReportToStore(orderId, order.Generation, story), cancellation);
        }

        if (standing.GoesBack)
        {
            await SendBackAsync(order, cancellation);
        }

        var next = OrderResumption.Next(order, standing.IsDoneWith ? order.Generation + 1 : order.Generation);
        _ = await resumption.TryTakeUpAsync(client, order, instance, next, note, cancellation);
        return await AcceptAsync(request, orderId, next.InstanceId);
    }

    private static string? WhyNot(StoredOrder order, OrchestrationMetadata? instance, SagaStanding standing)
    {
        if (instance is { IsCompleted: false })
        {
            return "its saga still runs.";
        }

        if (standing.Outcome is (SagaOutcome.Succeeded or SagaOutcome.Cancelled) and var outcome)
        {
            return $"its saga has ended {outcome}.";
        }

        if (order.HasStoredNothing)
        {
            return "it was never stored. Submit it again.";
        }

        return order.Report is null ? null
            : standing.IsHalfUndone ? "its saga went backward and left something undone. Deal with its incidents first."
            : standing.IsCancelled ? "it was cancelled while its saga failed."
            : null;
    }

    // By the tombstone of its first step. Where the saga holds its gate, that decides: one that has passed it goes forward, one
    // that was cancelled backward.
    private async Task SendBackAsync(StoredOrder order, CancellationToken cancellation)
    {
        if (!await gate.IsPassedAsync(order.Id, cancellation)
            && !await gate.IsCancelledAsync(order.Id, cancellation))
        {
            _ = await orders.SetPendingAsync(new OrderToStore(order.ToOrder(), order.InstanceId, order.Generation), cancellation);
        }
    }

    private static Task<HttpResponseData> RefuseAsync(HttpRequestData request, string orderId, string reason) =>
        request.ConflictAsync(OrderProblems.NotRecoverable, "Not recoverable", $"Order '{orderId}': {reason} Nothing was done.");

    private static Task<HttpResponseData> AcceptAsync(HttpRequestData request, string orderId, string instanceId)
    {
        var statusUrl = new Uri(request.Url, $"../{orderId}").AbsoluteUri;
        return request.AnswerAsync(HttpStatusCode.Accepted, SubmissionAnswer.Of(orderId, instanceId, statusUrl, links: null));
    }
}
