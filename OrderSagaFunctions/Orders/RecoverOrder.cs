using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>
/// Forward recovery of a failed order: a new saga, from the save points of the one before. Where that had undone nothing it
/// goes on in the same generation, and its steps find what is done; where it was stopped on its way back, it goes back to the
/// end; else it begins a new generation. The new saga needs nothing of the old one's history, so that it also helps where no
/// code can replay that any more.
/// </summary>
public sealed class RecoverOrder(
    OrderStore orders, SagaStandings standings, StoppedSagas stopped, ParkStore parking, CancelGate gate, IOptions<SagaOptions> options)
{
    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <summary>202 with the new saga's instance; 409 where the order's saga runs, has succeeded, was cancelled, or has left something undone.</summary>
    [Function(nameof(RecoverOrder))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "orders/{orderId}/recover")] HttpRequestData request,
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

        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: true, cancellation);
        if (instance is null && order is { Recoveries: > 0, Report: null })
        {
            // An earlier call was cut off between writing the recovery down and starting it, or what it started was purged:
            // whether any of its steps has acted nobody knows.
            await StopChildrenAsync(client, orderId, await FindStoppedAsync(client, orderId, cancellation), cancellation);
            await StartAsync(client, order, new Recovery(order.Recoveries, order.InstanceId, order.Generation), isResumed: true, note, cancellation);
            return await AcceptAsync(request, orderId, order.InstanceId);
        }

        var standing = await standings.FindAsync(client, order, instance, cancellation);
        if (WhyNot(order, instance, standing) is { } reason)
        {
            return await request.ConflictAsync(Problem.NotRecoverable, "Not recoverable", $"Order '{orderId}': {reason} Nothing was done.");
        }

        if (standing.GoesBack)
        {
            await SendBackAsync(order, cancellation);
        }

        var generation = standing.IsDoneWith ? order.Generation + 1 : order.Generation;
        var number = order.Recoveries + 1;
        var recovery = new Recovery(number, SubmissionKey.ToInstanceId($"{orderId}-recovery-{number}"), generation);
        if (await orders.TryRecoverAsync(orderId, recovery, note, cancellation))
        {
            await StopChildrenAsync(client, orderId, instance, cancellation);
            await StartAsync(client, order, recovery, isResumed: generation == order.Generation, note, cancellation);
        }

        return await AcceptAsync(request, orderId, recovery.InstanceId);
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

    // By the tombstone of its first step. Where somebody holds its gate, that decides: one that has passed it goes forward,
    // one that was cancelled backward.
    private async Task SendBackAsync(StoredOrder order, CancellationToken cancellation)
    {
        if (!await gate.IsPassedAsync(order.OrderId, order.Generation, cancellation)
            && !await gate.IsCancelledAsync(order.OrderId, order.Generation, cancellation))
        {
            _ = await orders.SetPendingAsync(new OrderToStore(order.ToOrder(), order.InstanceId, order.Generation), cancellation);
        }
    }

    /// <summary>The saga that the order's latest recovery takes over from, where the host knows it.</summary>
    private async Task<OrchestrationMetadata?> FindStoppedAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        var runs = (await orders.FindRunsAsync(orderId, cancellation))!;
        var instanceId = runs.Recoveries is [.., var before, _] ? before.Recovery.InstanceId : runs.FirstInstanceId;
        return await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
    }

    // They outlive a parent that was terminated, and would go their own way beside those of the new saga.
    private async Task StopChildrenAsync(DurableTaskClient client, string orderId, OrchestrationMetadata? stopped, CancellationToken cancellation)
    {
        var told = (OrderStory.ReadCustomStatus(stopped)?.Children ?? []).Select(child => child.InstanceId);
        var waiting = (await parking.ReadLatestAsync(orderId, cancellation)).Where(wait => wait.Task.Scope is not null).Select(wait => wait.Task.InstanceId!);
        foreach (var child in told.Union(waiting, StringComparer.Ordinal))
        {
            await client.StopAsync(child, "Its order was taken up again.", cancellation);
        }
    }

    private async Task StartAsync(
        DurableTaskClient client, StoredOrder order, Recovery recovery, bool isResumed, OperatorNote note, CancellationToken cancellation)
    {
        _ = await client.TryStartAsync(
            nameof(OrderSaga),
            new OrderSagaInput(
                order.ToOrder(),
                _settings,
                recovery.Generation,
                OrderVersions.Current)
            {
                IsResumed = isResumed,
                Plan = order.Plan,
            },
            recovery.InstanceId,
            cancellation);
        if (await gate.IsCancelledAsync(order.OrderId, recovery.Generation, cancellation))
        {
            // Its cancel was granted to a saga that was stopped before it had gone back.
            await client.WakeAsync(recovery.InstanceId, SagaRun.CancelEvent, cancellation);
        }

        await stopped.CloseAsync(order.OrderId, $"Instance '{recovery.InstanceId}' took the order up again.", note.By, cancellation);
    }

    private static Task<HttpResponseData> AcceptAsync(HttpRequestData request, string orderId, string instanceId)
    {
        var statusUrl = new Uri(request.Url, $"../{orderId}").AbsoluteUri;
        return request.AnswerAsync(HttpStatusCode.Accepted, SubmissionAnswer.Of(orderId, instanceId, statusUrl, links: null));
    }
}
