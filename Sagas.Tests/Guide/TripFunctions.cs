using Azure;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Sagas;
using Sagas.Decisions;
using Sagas.Storage;

namespace Trips;

public sealed class TripFunctions(TableServiceClient tables, CancelGate gate, ILogger<TripFunctions> logger)
{
    private readonly TableClient _table = tables.GetTableClient("Trips");

    [Function("ReserveSeat")]
    public Task<StepResult> ReserveSeat([ActivityTrigger] Trip trip, CancellationToken cancellation) => TakeAsync(trip, "Seat", cancellation);

    [Function("ReleaseSeat")]
    public Task<StepResult> ReleaseSeat([ActivityTrigger] Trip trip, CancellationToken cancellation) => GiveBackAsync(trip, "Seat", cancellation);

    [Function("ReserveRoom")]
    public Task<StepResult> ReserveRoom([ActivityTrigger] Trip trip, CancellationToken cancellation) => TakeAsync(trip, "Room", cancellation);

    [Function("ReleaseRoom")]
    public Task<StepResult> ReleaseRoom([ActivityTrigger] Trip trip, CancellationToken cancellation) => GiveBackAsync(trip, "Room", cancellation);

    [Function("Charge")]
    public async Task<StepResult> Charge([ActivityTrigger] Trip trip, CancellationToken cancellation) => trip.PriceMinor > trip.LimitMinor
        ? new StepResult(new Refusal("OverLimit", $"The trip costs {trip.PriceMinor}, the card may be charged {trip.LimitMinor}."))
        : await TakeAsync(trip, "Money", cancellation);

    [Function("Refund")]
    public Task<StepResult> Refund([ActivityTrigger] Trip trip, CancellationToken cancellation) => GiveBackAsync(trip, "Money", cancellation);

    [Function("ConfirmTrip")]
    public Task<StepResult> ConfirmTrip([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) => gate.PassAsync(notice, cancellation);

    [Function("SendItinerary")]
    public Task<StepResult> SendItinerary([ActivityTrigger] Trip trip, CancellationToken cancellation) => TakeAsync(trip, "Itinerary", cancellation);

    [Function("CallTravelDesk")]
    public StepResult CallTravelDesk([ActivityTrigger] SagaNotice notice)
    {
        logger.LogCritical("Trip {Key} needs a person: {Error}", notice.Key, notice.Error);
        return StepResult.Done;
    }

    private async Task<StepResult> TakeAsync(Trip trip, string effect, CancellationToken cancellation)
    {
        if (await _table.TryAddAsync(Row(trip, effect, "Taken"), cancellation))
        {
            return StepResult.Done;
        }

        // An earlier attempt took it, or its compensation came first.
        var earlier = (await _table.FindAsync(trip.Saga.Key, effect, cancellation))!;
        return earlier.GetString("State") == "Taken" ? StepResult.Done : new StepResult(Refusal.AlreadyCompensated(effect, trip.Saga.Key));
    }

    private async Task<StepResult> GiveBackAsync(Trip trip, string effect, CancellationToken cancellation)
    {
        // If nothing was taken, this row is the tombstone that refuses a late attempt.
        var returned = Row(trip, effect, "Returned");
        if (!await _table.TryAddAsync(returned, cancellation))
        {
            await _table.UpdateEntityAsync(returned, ETag.All, TableUpdateMode.Merge, cancellation);
        }

        return StepResult.Done;
    }

    private static TableEntity Row(Trip trip, string effect, string state) => new(trip.Saga.Key, effect) { ["State"] = state };
}
