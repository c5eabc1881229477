using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Sagas.Http;
using Sagas.Operations;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>Books, cancels and retries trips over HTTP.</summary>
public sealed class TripApi(SagaEndpoints sagas)
{
    [Function("BookTrip")]
    public Task<HttpResponseData> BookAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => sagas.StartAsync(
            request,
            client,
            TripSteps.Definition,
            nameof(TripSaga),
            Trip.Read,
            static trip => trip.TripId,
            static (trip, settings) => new TripSagaInput(trip, settings),
            cancellation);

    [Function("CancelTrip")]
    public Task<HttpResponseData> CancelAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips/{tripId}/cancel")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        sagas.CancelAsync(request, client, TripSteps.Definition, tripId, TripSaga.Generation, cancellation);

    [Function("RetryTrip")]
    public Task<HttpResponseData> RetryAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "trips/{tripId}/retry")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        sagas.RetryAsync(request, client, TripSteps.Definition, tripId, cancellation);
}
