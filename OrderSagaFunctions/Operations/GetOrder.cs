using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Orders;
using Sagas.Http;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>Shows an order over HTTP.</summary>
public sealed class GetOrder(OrderStore orders, OrderRecords records, TimeProvider time)
{
    /// <summary>Tells an order's story; with <c>Prefer: wait=N</c>, as soon as its saga has ended or N seconds are over.</summary>
    [Function(nameof(GetOrder))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "orders/{orderId}")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (QueryFields.RefuseAll(request) is { Count: > 0 } errors)
        {
            return await request.RefuseAsync(errors);
        }

        try
        {
            return await TellAsync(request, orderId, client, cancellation);
        }
        catch (UnreadableRowException unreadable)
        {
            return await request.UnreadableAsync(unreadable);
        }
    }

    private async Task<HttpResponseData> TellAsync(HttpRequestData request, string orderId, DurableTaskClient client, CancellationToken cancellation)
    {
        if (await orders.GlanceAsync(orderId, cancellation) is not { } order)
        {
            return await request.OrderNotFoundAsync(orderId);
        }

        // Custom status travels with inputs and outputs; it is wanted only while there is no stored report.
        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: order.Outcome is null, cancellation);
        var wait = PreferWait.SecondsOf(request.Headers);
        if (wait is { } seconds && instance is { IsCompleted: false })
        {
            instance = await client.WaitForEndAsync(order.InstanceId, TimeSpan.FromSeconds(seconds), time, cancellation);
        }

        // After the instance: what an ended saga has written is in the rows by then.
        var record = (await records.FindAsync(orderId, cancellation))!;
        if (record.Order.InstanceId != order.InstanceId)
        {
            instance = await client.GetInstanceAsync(record.Order.InstanceId, getInputsAndOutputs: true, cancellation);
        }

        var view = OrderStory.Tell(record, instance);
        var response = await request.AnswerAsync(
            HttpStatusCode.OK, ManagementLinks.AreFor(client, request, order.InstanceId) ? view : view with { Saga = view.Saga.ForCallers() });
        if (wait is not null)
        {
            response.Headers.Add(PreferWait.AppliedHeader, $"wait={wait}");
        }

        return response;
    }
}
