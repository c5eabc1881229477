using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>All orders over HTTP, for operators.</summary>
public sealed class OrdersApi(OrderSearch search, LatestCounts counts, LongReads reads)
{
    /// <summary>Lists the orders that meet every parameter given, by id, a page at a time.</summary>
    [Function("ListOrders")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        var wanted = new OrderCriteria
        {
            Status = query.Choice<OrderStatus>("status"),
            Outcome = query.Choice<SagaOutcome>("outcome"),
            CustomerId = query.Text("customer", OrderLimits.IsItemOrCustomerId, OrderLimits.ItemOrCustomerIdRule),
            From = query.Time("from"),
            To = query.Time("to"),
            IsFlagged = query.Flag("flagged"),
            IsParked = query.Flag("parked"),
            IsRunning = query.Flag("running"),
            IsRetrying = query.Flag("retrying"),
            Prefix = query.Text("prefix", OrderLimits.IsOrderId, $"the first characters of an order's id, {SagaKey.IdRule}"),
            HasIncident = query.Flag("incident"),
        };
        var (top, after) = (query.Top(), query.Continuation(OrderLimits.IsOrderId));
        query.RefuseOthers();
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await reads.RunAsync("orders", () => search.FindAsync(client, wanted, top, after?[0], cancellation), cancellation));
    }

    /// <summary>Counts all orders by state, or tells the last count where that is young enough; with <c>Cache-Control: no-cache</c> it counts.</summary>
    [Function("CountOrders")]
    public async Task<HttpResponseData> CountAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "orders/counts")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => QueryFields.RefuseAll(request) is { Count: > 0 } errors
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await counts.GetAsync(client, HttpCaching.WantsFresh(request), cancellation));
}

/// <summary>A page of orders, by id.</summary>
/// <param name="Orders">The orders. There may be fewer than asked for, though more follow.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The rows because of which orders are left out; null where there are none.</param>
public sealed record OrderPage(IReadOnlyList<OrderSummary> Orders, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);

/// <summary>What operators see of all orders.</summary>
internal static class OperationsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<OrderRecords>();
        services.AddSingleton<RunningSagas>();
        services.AddSingleton<OrderSummaries>();
        services.AddSingleton<OrderSearch>();
        services.AddSingleton<OrderCensus>();
        services.AddSingleton<LatestCounts>();
        services.AddSingleton<StuckSagas>();
        services.AddSingleton<Timeline>();
        return services;
    }
}
