using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>Books, cancels and retries trips over HTTP.</summary>
public sealed class TripApi(CancelGate gate, ParkedSagas parked, IOptions<SagaOptions> options)
{
    [Function("BookTrip")]
    public async Task<HttpResponseData> BookAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips")] HttpRequestData request, [DurableClient] DurableTaskClient client)
    {
        var trip = (await request.ReadFromJsonAsync<Trip>())!;
        if (await client.GetInstanceAsync(trip.TripId) is null)
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(TripSaga), new TripSagaInput(trip, options.Value.ToSagaSettings()), new StartOrchestrationOptions(trip.TripId));
        }

        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function("CancelTrip")]
    public async Task<HttpResponseData> CancelAsync(
        [HttpTrigger(Roles.Submit, "post", Route = "trips/{tripId}/cancel")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(tripId, cancellation) is not { IsCompleted: false }
            || !await gate.TryCancelAsync(tripId, TripSaga.Generation, new OperatorNote("traveller", ""), cancellation))
        {
            return request.CreateResponse(HttpStatusCode.Conflict);
        }

        await parked.CancelAsync(client, new SagaInstance(tripId, tripId), cancellation);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    [Function("RetryTrip")]
    public async Task<HttpResponseData> RetryAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "trips/{tripId}/retry")] HttpRequestData request,
        string tripId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var saga = new SagaInstance(tripId, tripId);
        var answer = await parked.DecideAsync(client, saga, incident: null, ParkDecision.Retry, new OperatorNote("travel desk", ""), cancellation);
        return request.CreateResponse(answer == ParkAnswer.Decided ? HttpStatusCode.Accepted : HttpStatusCode.Conflict);
    }
}
