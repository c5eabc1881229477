using Sagas;

namespace OrderSagaFunctions.Tests.WriteASaga;

internal static class TripSteps
{
    public static readonly SagaStep ReserveSeat = new(nameof(TripFunctions.ReserveSeat))
    {
        Compensation = new Compensation(nameof(TripFunctions.ReleaseSeat), nameof(TripFunctions.CallTravelDesk)),
    };

    public static readonly SagaStep ReserveRoom = new(nameof(TripFunctions.ReserveRoom))
    {
        Compensation = new Compensation(nameof(TripFunctions.ReleaseRoom), nameof(TripFunctions.CallTravelDesk)),
    };

    public static readonly SagaStep Charge = new(nameof(TripFunctions.Charge))
    {
        Compensation = new Compensation(nameof(TripFunctions.Refund), nameof(TripFunctions.CallTravelDesk)),
        Retry = new RetrySettings(Attempts: 3, FirstInterval: TimeSpan.FromSeconds(5), MaxInterval: TimeSpan.FromMinutes(1)),
        AttemptTimeout = TimeSpan.FromSeconds(30),
        OnExhausted = ExhaustedPolicy.Park,
    };

    public static readonly SagaStep ConfirmTrip = new(nameof(TripFunctions.ConfirmTrip)) { Kind = StepKind.Pivot };

    public static readonly SagaStep SendItinerary = new(nameof(TripFunctions.SendItinerary)) { Kind = StepKind.Retriable };

    public static readonly SagaDefinition Definition = new("trip", [ReserveSeat, ReserveRoom, Charge, ConfirmTrip, SendItinerary])
    {
        Succeeded = "TripBooked",
        Failed = "TripFailed",
        Cancelled = "TripCancelled",
        Report = nameof(TripFunctions.StoreTripReport),
    };
}
