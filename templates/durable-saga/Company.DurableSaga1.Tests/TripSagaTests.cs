using System.Net;
using System.Net.Http.Json;
using EmbeddedHost.Testing;
using Sagas;
using Sagas.Operations;
using Trips;

namespace Company.DurableSaga1.Tests;

public sealed class TripSagaTests
{
    private const string Booked = "ReserveSeat ReserveRoom Charge ConfirmTrip SendItinerary TripBooked";
    private const string GivenBack = "ReserveSeat ReserveRoom Charge Refund ReleaseRoom ReleaseSeat TripFailed";

    // The app itself, as its Program builds it.
    private static readonly DurableTestHostOptions Options = new() { App = typeof(TripSaga).Assembly };
    private static readonly Trip Trip = new("paris-1", "SG 1", "Grand", PriceMinor: 90_000, LimitMinor: 100_000);

    [Fact]
    public async Task Book_NothingFails_TakesEveryStep()
    {
        await using var host = await DurableTestHost.StartAsync(Options);

        Assert.Equal(Booked, await BookAsync(host, Trip));
    }

    [Fact]
    public async Task Book_CardIsRefused_GivesEverythingBack()
    {
        await using var host = await DurableTestHost.StartAsync(Options);

        Assert.Equal(GivenBack, await BookAsync(host, Trip with { LimitMinor = 50_000 }));
    }

    [Fact]
    public async Task Book_ChargeFailsTwice_IsTriedAgain()
    {
        var faults = new[] { 1, 2 }.Select(attempt => new Fault("Charge", FaultKind.Throw) { Attempt = attempt });
        await using var host = await DurableTestHost.StartAsync(Options with { Faults = [.. faults] });

        Assert.Equal(Booked, await BookAsync(host, Trip));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(50_000)]
    public async Task Book_CrashedAtEveryCommit_EndsAlike(long limit)
    {
        var crashes = await CrashPoints.ExploreAsync(
            Options,
            host => BookAsync(host, Trip with { LimitMinor = limit }),
            (crash, expected, actual) => Assert.True(expected == actual, $"Crash {crash}: expected {expected}, found {actual}."));

        Assert.True(crashes > 0);
    }

    // As a client does that repeats what it got no answer to.
    private static async Task<string> BookAsync(DurableTestHost host, Trip trip)
    {
        await host.PersistAsync(async () =>
        {
            using var answer = await host.HttpClient.PostAsJsonAsync("/api/trips", trip, SagaJson.Options);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        });
        await host.PersistAsync(() => host.WaitForCompletionAsync(trip.Saga.Key));
        var status = await host.HttpClient.GetFromJsonAsync<SagaStatus>($"/api/trips/{trip.TripId}", SagaJson.Options);
        return string.Join(' ', status!.Story!.Path);
    }
}
