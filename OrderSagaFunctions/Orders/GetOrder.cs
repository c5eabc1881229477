using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Claims;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Orders;

/// <summary>Shows an order over HTTP.</summary>
public sealed class GetOrder(OrderStore orders, OrderRecords records, ClaimFinisher finisher, TimeProvider time)
{
    /// <summary>Tells an order's story; with <c>Prefer: wait=N</c>, as soon as its saga has ended or N seconds are over.</summary>
    [Function(nameof(GetOrder))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "orders/{orderId}")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        await finisher.LookAsync(client, cancellation);
        try
        {
            return await TellAsync(request, orderId, client, cancellation);
        }
        catch (UnreadableRowException unreadable)
        {
            return await request.AnswerAsync(new Problem(
                Problem.UnreadableRow, "Unreadable row", (int)HttpStatusCode.InternalServerError, $"{unreadable.Message} The order's timeline shows the rest."));
        }
    }

    private async Task<HttpResponseData> TellAsync(HttpRequestData request, string orderId, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return await request.OrderNotFoundAsync(orderId);
        }

        // Custom status travels with inputs and outputs; it is wanted only while there is no stored report.
        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: order.Report is null, cancellation);
        var wait = PreferWait.SecondsOf(request.Headers);
        if (wait is { } seconds && instance is { IsCompleted: false })
        {
            instance = await WaitForEndAsync(client, order.InstanceId, seconds, cancellation);
        }

        // After the instance: what an ended saga has written is in the rows by then.
        var record = (await records.FindAsync(orderId, cancellation))!;
        if (record.Order.InstanceId != order.InstanceId)
        {
            instance = await client.GetInstanceAsync(record.Order.InstanceId, getInputsAndOutputs: true, cancellation);
        }

        var response = await request.AnswerAsync(HttpStatusCode.OK, OrderStory.Tell(record, instance));
        if (wait is not null)
        {
            response.Headers.Add(PreferWait.AppliedHeader, $"wait={wait}");
        }

        return response;
    }

    private async Task<OrchestrationMetadata?> WaitForEndAsync(
        DurableTaskClient client, string instanceId, int seconds, CancellationToken cancellation)
    {
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellation);
        try
        {
            return await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The wait is over: the answer tells how far the order has come.
            return await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation);
        }
    }
}
