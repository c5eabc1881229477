using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Operations;
using Sagas.Tests.Runs;
using Trips;

namespace Sagas.Tests.Guide;

/// <summary>The guide's endpoints as they are called in earnest: at once, with wrong bodies, beside orders of the same id.</summary>
public sealed class TripApiTests
{
    private const string Path = "/api/trips";
    private static readonly Trip Trip = new("paris-1", "SG 1", "Grand", PriceMinor: 90_000, LimitMinor: 100_000);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Book_TwentyTimesAtOnce_IsOneTripAndOneAnswer(int seed)
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options with { Seed = seed });

        var answers = await host.RunAsync(() => Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.PostAsync(Path, Trip))));

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.Accepted, 20), answers);
        Assert.Equal("Itinerary Money Room Seat", (await host.EndOfAsync(Trip)).Taken);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync(Path, Trip));
    }

    [Fact]
    public async Task Book_Trip_IsToldWhereItIsAndShownThere()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);

        using var accepted = await host.HttpClient.PostAsJsonAsync(new Uri(Path, UriKind.Relative), Trip, SagaJson.Options);

        Assert.Equal(new SagaStarted("paris-1", "trip.paris-1"), await accepted.Content.ReadFromJsonAsync<SagaStarted>(SagaJson.Options));
        _ = await host.EndOfAsync(Trip);
        Assert.Contains("TripBooked", await host.HttpClient.GetStringAsync(accepted.Headers.Location), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Definition_AsJson_NamesWhatItsWaysAreFor()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);

        Assert.Contains("\"on\":\"Success\"", await host.HttpClient.GetStringAsync(new Uri("/api/sagas/trip/definition", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_OtherContentsUnderTheSameId_IsRefused()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        await host.StartAsync(Trip);

        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync(Path, Trip with { Hotel = "Ritz" }));
    }

    [Fact]
    public async Task Book_AgainAfterItsInstanceIsPurged_DoesNotRunAgain()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        _ = await host.BookAsync(Trip);
        _ = await host.Client.PurgeInstanceAsync(Trip.Saga.Key);

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync(Path, Trip));

        await host.RunUntilIdleAsync();
        Assert.Null(await host.Client.GetInstanceAsync(Trip.Saga.Key));
    }

    [Theory]
    [InlineData("", "$")]
    [InlineData("no JSON", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("""{"flight":"SG 1","hotel":"Grand","price_minor":1,"limit_minor":1}""", "trip_id")]
    [InlineData("""{"trip_id":"a/b","flight":"SG 1","hotel":"Grand","price_minor":1,"limit_minor":1}""", "trip_id")]
    [InlineData("""{"trip_id":"a","flight":7,"hotel":"Grand","price_minor":1,"limit_minor":1}""", "flight")]
    [InlineData("""{"trip_id":"a","flight":"SG 1","hotel":"Grand","price_minor":"much","limit_minor":1}""", "price_minor")]
    public async Task Book_BodyThatIsNotRight_IsRefusedAndNamesTheField(string body, string field)
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var answer = await host.HttpClient.PostAsync(new Uri(Path, UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Trip_BesideAnotherSagaOfTheSameId_IsItself()
    {
        await using var host = await TripApp.ParkAsync(Trip);
        var retry = new RetrySettings(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        var route = new Route(Trip.TripId, new SagaSettings(
            CompensationPolicy.Continue, TimeSpan.FromHours(1), ExhaustedPolicy.Compensate, TimeSpan.FromHours(1), retry, retry, Overrides: null)) { Legs = ["a"], IsPaid = true };
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));
        _ = await host.WaitForCompletionAsync(RouteSaga.KeyOf(route));

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync($"/api/trips/{Trip.TripId}/cancel"));

        Assert.EndsWith("TripCancelled", (await host.EndOfAsync(Trip)).Path, StringComparison.Ordinal);
        Assert.Equal("sent a", host.Services.GetRequiredService<RouteLog>().Done.Last());
    }

    [Fact]
    public async Task Cancel_Again_IsGrantedAgain()
    {
        await using var host = await TripApp.ParkAsync(Trip);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync($"/api/trips/{Trip.TripId}/cancel"));
        _ = await host.EndOfAsync(Trip);

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync($"/api/trips/{Trip.TripId}/cancel"));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("retry")]
    public async Task Action_OnATripThatIsNone_IsNotFound(string action)
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);

        Assert.Equal(HttpStatusCode.NotFound, await host.PostAsync($"/api/trips/nowhere/{action}"));
    }

    [Fact]
    public async Task Start_TwoSagasOfOneName_IsRefused()
    {
        var twice = TripApp.Options with { ConfigureServices = static services => services.AddSingleton(TripSaga.Definition) };

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => DurableTestHost.StartAsync(twice));

        Assert.Contains("Two sagas are called 'trip'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order-1", true)]
    [InlineData("trip.paris-1", true)]
    [InlineData("trip.", false)]
    [InlineData(".paris-1", false)]
    [InlineData("a.b.c", false)]
    [InlineData("a/b", false)]
    public void IsKey_Text_IsAnIdWithOrWithoutASagasName(string text, bool expected) => Assert.Equal(expected, SagaKey.IsKey(text));
}
