using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Package;

namespace Sagas.Tests.Package;

/// <summary>The kit as a package, taken by somebody who has nothing but that and the guide.</summary>
public sealed class PackageTests(PackedSagas sagas) : IClassFixture<PackedSagas>
{
    private const string Booked = "ReserveSeat Review ReserveRoom Charge ConfirmTrip SendItinerary TripBooked";
    private const string Undone = "ReserveSeat ReserveRoom Charge Refund ReleaseRoom ReleaseSeat TripFailed";

    [Fact]
    public void Package_Pack_HasCodeDocumentationAndSymbols()
    {
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal) { "README.md", "lib/net10.0/Sagas.dll", "lib/net10.0/Sagas.xml" },
            sagas.Files(PackedSagas.Id, "nupkg").ToHashSet(StringComparer.Ordinal));
        Assert.Contains("lib/net10.0/Sagas.pdb", sagas.Files(PackedSagas.Id, "snupkg"));
    }

    [Fact]
    public void Package_Pack_SaysWhatItIs()
    {
        var metadata = sagas.Metadata(PackedSagas.Id);

        Assert.Equal((PackedSagas.Id, "MIT", "README.md"), (metadata["id"], metadata["license"], metadata["readme"]));
        Assert.Contains("Durable Functions", metadata["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_GuideAppKilledInAReview_GoesOnAtItsNextStart()
    {
        await using var app = new FreshApp(sagas, GuideApp.Files(sagas));
        await app.RunAsync();
        await BookAsync(app, "paris-1", priceMinor: 250_000, limitMinor: 300_000);
        _ = await app.UntilAsync("api/trips/paris-1", static trip => Text(trip, "review", "status") == "Waiting");
        var killed = await app.KillAsync();

        await app.RunAsync("--no-build");
        await PostAsync(app, "api/trips/paris-1/review", HttpStatusCode.OK, new { approved = true, reviewer = "kim" });
        var booked = await app.UntilAsync("api/trips/paris-1", HasEnded);
        await BookAsync(app, "oslo-2", priceMinor: 90_000, limitMinor: 50_000);
        var failed = await app.UntilAsync("api/trips/oslo-2", HasEnded);

        Assert.Equal((Booked, "Completed"), (PathOf(booked), Text(booked, "runtimeStatus")));
        Assert.Equal((Undone, "Failed"), (PathOf(failed), Text(failed, "runtimeStatus")));
        Assert.NotEqual(killed, await app.KillAsync());
    }

    private static Task BookAsync(FreshApp app, string id, long priceMinor, long limitMinor) => PostAsync(
        app, "api/trips", HttpStatusCode.Accepted, new { trip_id = id, flight = "SG 1", hotel = "Grand", price_minor = priceMinor, limit_minor = limitMinor });

    private static async Task PostAsync(FreshApp app, string path, HttpStatusCode expected, object body)
    {
        using var answer = await app.Http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        Assert.True(answer.StatusCode == expected, $"{path}: expected {expected}, found {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    private static bool HasEnded(JsonElement trip) => Text(trip, "runtimeStatus") is "Completed" or "Failed" or "Terminated";

    private static string PathOf(JsonElement trip) =>
        string.Join(' ', trip.GetProperty("story").GetProperty("path").EnumerateArray().Select(static state => state.GetString()));

    // What is null is left out.
    private static string? Text(JsonElement json, params string[] path)
    {
        foreach (var name in path)
        {
            if (!json.TryGetProperty(name, out json))
            {
                return null;
            }
        }

        return json.GetString();
    }
}
