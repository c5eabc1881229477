using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Sagas;

namespace Trips;

public static class TripSaga
{
    private const long Dear = 200_000;

    public static readonly SagaStep ReserveSeat = new("ReserveSeat") { Compensation = new Compensation("ReleaseSeat", "CallTravelDesk") };

    public static readonly SagaStep Review = SagaStep.ForReview("Review");

    public static readonly SagaStep ReserveRoom = new("ReserveRoom") { Compensation = new Compensation("ReleaseRoom", "CallTravelDesk") };

    public static readonly SagaStep Charge = new("Charge")
    {
        Compensation = new Compensation("Refund", "CallTravelDesk"),
        Retry = new RetrySettings(Attempts: 3, FirstInterval: TimeSpan.FromSeconds(5), MaxInterval: TimeSpan.FromMinutes(1)),
        AttemptTimeout = TimeSpan.FromSeconds(30),
        OnExhausted = ExhaustedPolicy.Park,
    };

    public static readonly SagaStep ConfirmTrip = new("ConfirmTrip") { Kind = StepKind.Pivot };

    public static readonly SagaStep SendItinerary = new("SendItinerary") { Kind = StepKind.Retriable };

    public static readonly SagaDefinition Definition = new("trip", [ReserveSeat, Review, ReserveRoom, Charge, ConfirmTrip, SendItinerary])
    {
        Succeeded = "TripBooked",
        Failed = "TripFailed",
        Cancelled = "TripCancelled",
    };

    [Function(nameof(TripSaga))]
    public static async Task<SagaOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (trip, settings) = context.GetInput<SagaInput<Trip>>()!;
        var saga = new SagaRun(context, Definition, trip.TripId, settings);
        try
        {
            await saga.DoAsync(ReserveSeat, trip);
            if (trip.PriceMinor > Dear)
            {
                await saga.ReviewAsync(Review, [new ReviewFlag("Price", $"The trip costs {trip.PriceMinor}, more than {Dear}.")]);
            }

            await saga.DoAsync(ReserveRoom, trip);
            await saga.DoAsync(Charge, trip);
            await saga.CommitAsync(ConfirmTrip);
            await saga.DoAsync(SendItinerary, trip);
        }
        catch (StepFailedException failure)
        {
            await saga.CompensateAsync(failure);
        }

        return await saga.EndAsync();
    }
}
