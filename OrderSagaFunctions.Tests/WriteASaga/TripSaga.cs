using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Sagas;

namespace OrderSagaFunctions.Tests.WriteASaga;

public static class TripSaga
{
    // A trip that failed is booked anew, as another trip.
    public const int Generation = 1;

    [Function(nameof(TripSaga))]
    public static Task<SagaOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (trip, settings) = context.GetInput<TripSagaInput>()!;
        var saga = new SagaRun(context, TripSteps.Definition, trip.TripId, Generation, settings);
        return saga.RunAsync(async () =>
        {
            await saga.DoAsync(TripSteps.ReserveSeat, trip);
            await saga.DoAsync(TripSteps.ReserveRoom, trip);
            await saga.DoAsync(TripSteps.Charge, trip);
            await saga.CommitAsync(TripSteps.ConfirmTrip);
            await saga.DoAsync(TripSteps.SendItinerary, trip);
        });
    }
}
