using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>The trip saga's activities. A real one calls airline, hotel and card provider, with the effect's id as the idempotency key.</summary>
public sealed class TripFunctions(TripStore trips, CancelGate gate, StepAttempt attempt, ILogger<TripFunctions> logger)
{
    [Function(nameof(ReserveSeat))]
    public Task<StepResult> ReserveSeat([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(ReserveSeat), trip.Key, token => trips.TakeAsync(trip, "Seat", token), cancellation);

    [Function(nameof(ReleaseSeat))]
    public Task<StepResult> ReleaseSeat([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(ReleaseSeat), trip.Key, token => trips.GiveBackAsync(trip, "Seat", token), cancellation);

    [Function(nameof(ReserveRoom))]
    public Task<StepResult> ReserveRoom([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(ReserveRoom), trip.Key, token => trips.TakeAsync(trip, "Room", token), cancellation);

    [Function(nameof(ReleaseRoom))]
    public Task<StepResult> ReleaseRoom([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(ReleaseRoom), trip.Key, token => trips.GiveBackAsync(trip, "Room", token), cancellation);

    [Function(nameof(Charge))]
    public Task<StepResult> Charge([ActivityTrigger] Trip trip, CancellationToken cancellation) => attempt.RunAsync(
        nameof(Charge),
        trip.Key,
        async token => trip.PriceMinor > trip.LimitMinor
            ? new StepResult(new Refusal("OverLimit", $"The trip costs {trip.PriceMinor}, the card may be charged {trip.LimitMinor}."))
            : await trips.TakeAsync(trip, "Money", token),
        cancellation);

    [Function(nameof(Refund))]
    public Task<StepResult> Refund([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(Refund), trip.Key, token => trips.GiveBackAsync(trip, "Money", token), cancellation);

    [Function(nameof(ConfirmTrip))]
    public Task<StepResult> ConfirmTrip([ActivityTrigger] SagaNotice notice, CancellationToken cancellation) => attempt.RunAsync(
        nameof(ConfirmTrip),
        notice.Key,
        async token => await gate.TryPassAsync(notice.Key, notice.Generation, token)
            ? StepResult.Done
            : new StepResult(new Refusal("Cancelled", "The trip was cancelled.")),
        cancellation);

    [Function(nameof(SendItinerary))]
    public Task<StepResult> SendItinerary([ActivityTrigger] Trip trip, CancellationToken cancellation) =>
        attempt.RunAsync(nameof(SendItinerary), trip.Key, token => trips.TakeAsync(trip, "Itinerary", token), cancellation);

    [Function(nameof(CallTravelDesk))]
    public StepResult CallTravelDesk([ActivityTrigger] SagaNotice notice)
    {
        logger.LogCritical("Trip {TripId} needs a person: {Error}", notice.Key, notice.Error);
        return StepResult.Done;
    }

    [Function(nameof(StoreTripReport))]
    public Task<StepResult> StoreTripReport([ActivityTrigger] ReportToStore story, CancellationToken cancellation) => attempt.RunAsync(
        nameof(StoreTripReport),
        story.Key,
        async token => story.Report.Outcome == SagaOutcome.Failed && !await gate.TryFailAsync(story.Key, story.Generation, token)
            ? new StepResult(Refusal.Cancelled)
            : await trips.StoreAsync(story, token),
        cancellation);
}
