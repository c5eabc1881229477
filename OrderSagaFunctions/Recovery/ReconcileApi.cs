using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Incidents;
using Sagas.Operations;
using Sagas.Storage;

namespace OrderSagaFunctions.Recovery;

/// <summary>The reconciler: it runs by itself, and over HTTP for those who do not want to wait.</summary>
public sealed class ReconcileApi(Reconciler reconciler, LongReads reads)
{
    /// <summary>The same by itself, every five minutes.</summary>
    [Function("ReconcileOrders")]
    public Task RunOnTimerAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => RunAsync(client, cancellation);

    /// <summary>Opens an incident for each saga that was stopped before its end, and tells how many there were.</summary>
    [Function("Reconcile")]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "reconcile")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = QueryFields.RefuseAll(request);
        using var body = await request.ReadJsonAsync(errors, cancellation, isOptional: true);
        if (body is not null)
        {
            new JsonFields(body.RootElement, string.Empty, errors).RefuseOthers();
        }

        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await RunAsync(client, cancellation));
    }

    // One at a time: whoever asks meanwhile waits for its turn.
    private Task<ReconcileReport> RunAsync(DurableTaskClient client, CancellationToken cancellation) =>
        reads.RunAsync("reconcile", () => reconciler.RunAsync(client, cancellation), cancellation);
}

/// <summary>What a reconciliation has found.</summary>
/// <param name="Unended">Orders looked at: those whose saga has not written its end.</param>
/// <param name="Opened">Sagas found stopped, each with an incident of its own now.</param>
/// <param name="Closed">Incidents of stopped sagas that go on, or have ended, since.</param>
/// <param name="Reported">Sagas that had ended, and of which only the end was not written down; it is now.</param>
public sealed record ReconcileReport(int Unended, int Opened, int Closed, int Reported)
{
    /// <summary>The rows because of which orders were left alone; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}

/// <summary>How orders are cancelled, sent back, and taken up again.</summary>
internal static class RecoveryServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddRecovery(this IServiceCollection services)
    {
        services.AddSingleton<OrderResumption>();
        services.AddSingleton<StoppedSagas>();
        services.AddSingleton<IIncidentCause, StoppedSagaCause>();
        services.AddSingleton<SagaStandings>();
        services.AddSingleton<Reconciler>();
        return services;
    }
}
