using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Answers;
using OrderSagaFunctions.Orders;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>What the engine has recorded of an order, over HTTP.</summary>
public sealed class HistoryApi(OrderStore orders)
{
    private const string InstanceRule = "an instance of the order, 1 to 100 characters of A-Z a-z 0-9 - _";
    private const int LongestInstanceId = 100;

    /// <summary>Tells the history of one of an order's instances: the latest saga's, or that of the <c>instance</c> asked for.</summary>
    [Function("GetOrderHistory")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders/{orderId}/history")] HttpRequestData request,
        string orderId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        var instanceId = query.Text("instance", IsInstanceId, InstanceRule);
        var withPayloads = query.Flag("payloads") ?? false;
        query.RefuseOthers();
        if (errors.Count > 0)
        {
            return await request.RefuseAsync(errors);
        }

        try
        {
            return await orders.FindRunsAsync(orderId, cancellation) is { } runs
                ? await TellAsync(request, client, runs, instanceId ?? runs.Order.InstanceId, withPayloads, cancellation)
                : await request.OrderNotFoundAsync(orderId);
        }
        catch (UnreadableRowException unreadable)
        {
            return await request.UnreadableAsync(unreadable);
        }
    }

    private static async Task<HttpResponseData> TellAsync(
        HttpRequestData request, DurableTaskClient client, OrderRuns runs, string instanceId, bool withPayloads, CancellationToken cancellation)
    {
        var orderId = runs.Order.OrderId;
        var all = await OrderInstances.ListAsync(client, runs, cancellation);
        if (all.FirstOrDefault(instance => instance.View.InstanceId == instanceId) is not { } found)
        {
            return await request.AnswerAsync(new Problem(
                OrderProblems.UnknownInstance,
                "Unknown instance",
                (int)HttpStatusCode.NotFound,
                $"Order '{orderId}' has no instance '{instanceId}'. Its history without 'instance' lists those that it has."));
        }

        var history = found.History
            ?? (found.IsKnown ? await EngineHistory.ReadAsync(client, instanceId, cancellation) : EngineHistory.Unknown(instanceId));
        return await request.AnswerAsync(
            HttpStatusCode.OK,
            new OrderHistory(
                orderId, instanceId, found.Name, found.View.RuntimeStatus, found.Story, [.. all.Select(static instance => instance.View)], HistoryEvents.Show(history.Events, withPayloads))
            {
                Parent = found.View.Parent,
                Scope = found.View.Scope,
                EventsMissing = history.Missing,
            });
    }

    private static bool IsInstanceId(string text) =>
        text.Length is > 0 and <= LongestInstanceId && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
