using System.Net;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Decisions;
using Trips;

namespace Sagas.Tests.Guide;

public sealed class TripSagaTests
{
    private const string Booked = "ReserveSeat ReserveRoom Charge ConfirmTrip SendItinerary TripBooked";
    private static readonly Trip Trip = new("paris-1", "SG 1", "Grand", PriceMinor: 90_000, LimitMinor: 100_000);
    private static readonly Trip TooDear = Trip with { LimitMinor = 50_000 };

    [Fact]
    public async Task Book_NothingFails_TakesEverything()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);

        var end = await host.BookAsync(Trip);

        Assert.Equal(new TripEnd(Booked, "Itinerary Money Room Seat", "Completed", ""), end);
        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync("/api/trips/paris-1/cancel"));
    }

    [Fact]
    public async Task Book_CardIsRefused_GivesEverythingBack()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);

        var end = await host.BookAsync(TooDear);

        Assert.Equal(new TripEnd("ReserveSeat ReserveRoom Charge Refund ReleaseRoom ReleaseSeat TripFailed", "", "Failed", ""), end);
    }

    [Fact]
    public async Task Book_CompensationFails_IsLeftAsAnIncidentWhoseRetryDoesIt()
    {
        var fault = new Fault("ReleaseRoom", FaultKind.Throw) { InstanceId = TooDear.Saga.Key };
        await using var host = await DurableTestHost.StartAsync(TripApp.Options with { Faults = [fault] });

        var end = await host.BookAsync(TooDear);

        Assert.Equal("ReserveSeat ReserveRoom Charge Refund ReleaseRoom CallTravelDesk ReleaseSeat TripFailed", end.Path);
        Assert.Equal(("Room", "ReleaseRoom-1"), (end.Taken, end.Incidents));
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/incidents/trip.paris-1/ReleaseRoom-1/retry"));
        await host.RunUntilIdleAsync();
        Assert.Equal("", await host.TakenAsync(TooDear));
    }

    [Fact]
    public async Task Book_CompensationFailsUnderPark_GoesOnWithTheRetryOfItsIncident()
    {
        var options = TripApp.Options with
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Saga__OnCompensationFailure"] = "Park",
                ["Saga__Retry__CompensationAttempts"] = "1",
            },
            Faults = [new Fault("ReleaseRoom", FaultKind.Throw) { Attempt = 1 }],
        };
        await using var host = await DurableTestHost.StartAsync(options);
        await host.StartAsync(TooDear);
        Assert.Equal("ReleaseRoom", await host.UntilParkedAsync(TooDear));

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/incidents/trip.paris-1/ReleaseRoom-1/retry"));

        var end = await host.EndOfAsync(TooDear);
        Assert.Equal(("", ""), (end.Taken, end.Incidents));
    }

    [Fact]
    public async Task Book_ItineraryCannotBeSent_IsBookedAndLeavesAnIncidentWhoseRetrySendsIt()
    {
        var fault = new Fault("SendItinerary", FaultKind.Throw) { InstanceId = Trip.Saga.Key };
        await using var host = await DurableTestHost.StartAsync(TripApp.Options with { Faults = [fault] });

        var end = await host.BookAsync(Trip);

        Assert.Equal(new TripEnd(Booked, "Money Room Seat", "Completed", "SendItinerary-1"), end);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/incidents/trip.paris-1/SendItinerary-1/retry"));
        await host.RunUntilIdleAsync();
        Assert.Equal("Itinerary Money Room Seat", await host.TakenAsync(Trip));
    }

    [Fact]
    public async Task Retry_ChargeIsParked_GoesOnFromThere()
    {
        await using var host = await TripApp.ParkAsync(Trip);

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/trips/paris-1/retry"));

        Assert.Equal(Booked, (await host.EndOfAsync(Trip)).Path);
    }

    [Fact]
    public async Task Cancel_ChargeIsParked_GivesEverythingBack()
    {
        await using var host = await TripApp.ParkAsync(Trip);

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/trips/paris-1/cancel"));

        var end = await host.EndOfAsync(Trip);
        Assert.Equal(new TripEnd("ReserveSeat ReserveRoom Charge Refund ReleaseRoom ReleaseSeat TripCancelled", "", "Completed", ""), end);
    }

    [Theory]
    [InlineData(true, "ReserveSeat Review ReserveRoom Charge ConfirmTrip SendItinerary TripBooked")]
    [InlineData(false, "ReserveSeat Review ReleaseSeat TripFailed")]
    public async Task Review_TripThatIsDear_GoesTheWayThatThePersonDecides(bool isApproved, string path)
    {
        var dear = Trip with { PriceMinor = 300_000, LimitMinor = 300_000 };
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        await host.StartAsync(dear);
        await host.RunUntilIdleAsync();
        Assert.Equal("Waiting", (await host.StatusOfAsync(dear)).Review?.Status);

        Assert.Equal(HttpStatusCode.OK, await host.PostAsync("/api/trips/paris-1/review", new { approved = isApproved, reviewer = "kim" }));

        Assert.Equal(path, (await host.EndOfAsync(dear)).Path);
        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync("/api/trips/paris-1/review", new { approved = !isApproved, reviewer = "ada" }));
        Assert.Equal("kim", (await host.StatusOfAsync(dear)).Review?.Decision?.Reviewer);
    }

    [Fact]
    public async Task Review_TripThatWaitsForNone_IsRefused()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        _ = await host.BookAsync(Trip);

        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync("/api/trips/paris-1/review", new { approved = true, reviewer = "kim" }));
        Assert.Equal(HttpStatusCode.BadRequest, await host.PostAsync("/api/trips/paris-1/review", new { approved = true }));
    }

    [Fact]
    public async Task Cancel_SagaNeverHearsOfIt_IsFoundAtThePivot()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        Assert.True(await host.Services.GetRequiredService<CancelGate>().TryCancelAsync(Trip.Saga, new OperatorNote("", ""), default));

        var end = await host.BookAsync(Trip);

        Assert.Equal(new TripEnd("ReserveSeat ReserveRoom Charge ConfirmTrip Refund ReleaseRoom ReleaseSeat TripCancelled", "", "Completed", ""), end);
    }

    [Fact]
    public void Definition_StepAfterThePivot_LeadsNowhereButToTheGoodEnd()
    {
        var ways = SagaGraph.Of(TripSaga.Definition).Transitions.Where(static way => way.From == "SendItinerary");

        Assert.All(ways, static way => Assert.Equal(TripSaga.Definition.Succeeded, way.To));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(50_000)]
    public async Task Crash_AtAnyCommit_LeavesTheSameEnd(long limit)
    {
        var crashes = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            TripApp.Options,
            host => host.BookAsync(Trip with { LimitMinor = limit }),
            static (crash, expected, actual) => Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}."));

        Assert.True(crashes > 0);
    }
}
