using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Http;
using Sagas.Operations;

namespace OrderSagaFunctions.Audit;

/// <summary>The audit over HTTP.</summary>
public sealed class AuditApi(OrderAudit orders, StockAudit stock, LongReads reads)
{
    /// <summary>Computes the invariants over all sagas from the tables, and tells what does not add up.</summary>
    [Function("Audit")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "audit")] HttpRequestData request,
        CancellationToken cancellation)
    {
        if (QueryFields.RefuseAll(request) is { Count: > 0 } errors)
        {
            return await request.RefuseAsync(errors);
        }

        return await request.AnswerAsync(HttpStatusCode.OK, await reads.RunAsync("audit", () => AuditAsync(cancellation), cancellation));
    }

    private async Task<AuditReport> AuditAsync(CancellationToken cancellation)
    {
        var tally = new AuditTally();
        await orders.RunAsync(tally, cancellation);
        await stock.RunAsync(tally, cancellation);
        return tally.ToReport();
    }
}

/// <summary>The check that money and stock add up.</summary>
internal static class AuditServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<IndexRules>();
        services.AddSingleton<OrderAudit>();
        services.AddSingleton<StockAudit>();
        return services;
    }
}
