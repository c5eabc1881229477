using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Sagas.Http;
using Sagas.Operations;

namespace Trips;

public sealed class TripApi(SagaEndpoints sagas)
{
    [Function("BookTrip")]
    public Task<HttpResponseData> BookAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips")] HttpRequestData request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        sagas.StartAsync(request, client, TripSaga.Definition, nameof(TripSaga), Trip.Read, static trip => trip.TripId, cancellation);

    [Function("GetTrip")]
    public Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "trips/{tripId}")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => sagas.ShowAsync(request, client, TripSaga.Definition, tripId, cancellation);

    [Function("CancelTrip")]
    public Task<HttpResponseData> CancelAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips/{tripId}/cancel")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => sagas.CancelAsync(request, client, TripSaga.Definition, tripId, cancellation);

    [Function("ReviewTrip")]
    public Task<HttpResponseData> ReviewAsync(
        [HttpTrigger(Roles.Review, "post", Route = "trips/{tripId}/review")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => sagas.ReviewAsync(request, client, TripSaga.Definition, tripId, cancellation);

    [Function("RetryTrip")]
    public Task<HttpResponseData> RetryAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "trips/{tripId}/retry")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => sagas.RetryAsync(request, client, TripSaga.Definition, tripId, cancellation);
}
