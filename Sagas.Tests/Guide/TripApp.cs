using System.Net;
using System.Net.Http.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Operations;
using Sagas.Storage;
using Trips;

namespace Sagas.Tests.Guide;

/// <summary>The guide's app, and what a test does with it.</summary>
internal static class TripApp
{
    public static DurableTestHostOptions Options { get; } = new() { App = typeof(TripSaga).Assembly };

    /// <summary>Books a trip and waits for the saga's end, as a client does that repeats what it got no answer to.</summary>
    public static async Task<TripEnd> BookAsync(this DurableTestHost host, Trip trip)
    {
        await host.PersistAsync(() => host.StartAsync(trip));
        return await host.EndOfAsync(trip);
    }

    public static async Task StartAsync(this DurableTestHost host, Trip trip) =>
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/trips", trip));

    public static async Task<HttpStatusCode> PostAsync(this DurableTestHost host, string path, object? body = null)
    {
        using var answer = await host.HttpClient.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new object(), SagaJson.Options);
        return answer.StatusCode;
    }

    /// <summary>What a trip came to; its path is held against the graph that the app tells.</summary>
    public static async Task<TripEnd> EndOfAsync(this DurableTestHost host, Trip trip)
    {
        var instance = await host.PersistAsync(() => host.WaitForCompletionAsync(trip.Saga.Key));
        var story = (await host.StatusOfAsync(trip)).Story!;
        var graph = (await host.HttpClient.GetFromJsonAsync<SagaGraph>(new Uri("/api/sagas/trip/definition", UriKind.Relative), SagaJson.Options))!;
        Assert.All(story.Path.Zip(story.Path.Skip(1)), step => Assert.True(graph.Allows(step.First, step.Second), $"{step} is no transition."));
        return new TripEnd(
            string.Join(' ', story.Path), await host.TakenAsync(trip), $"{instance.RuntimeStatus}", string.Join(' ', story.Incidents.Where(static incident => incident.Status == IncidentStatus.Open).Select(static incident => incident.Id)));
    }

    /// <summary>What the trip's own endpoint shows.</summary>
    public static async Task<SagaStatus> StatusOfAsync(this DurableTestHost host, Trip trip) =>
        (await host.HttpClient.GetFromJsonAsync<SagaStatus>(new Uri($"/api/trips/{trip.TripId}", UriKind.Relative), SagaJson.Options))!;

    /// <summary>What a trip has taken and not given back.</summary>
    public static async Task<string> TakenAsync(this DurableTestHost host, Trip trip) => string.Join(' ', (
            await host.Services.GetRequiredService<TableServiceClient>().GetTableClient("Trips").ReadPartitionAsync(trip.Saga.Key, default))
        .Where(static row => row.GetString("State") == "Taken").Select(static row => row.RowKey));

    /// <summary>Starts the app with a trip whose charge has failed for good.</summary>
    public static async Task<DurableTestHost> ParkAsync(Trip trip)
    {
        var attempts = Enumerable.Range(1, TripSaga.Charge.Retry!.Attempts);
        var host = await DurableTestHost.StartAsync(Options with
        {
            Faults = [.. attempts.Select(static attempt => new Fault("Charge", FaultKind.Throw) { Attempt = attempt })],
        });
        await host.StartAsync(trip);
        Assert.Equal("Charge", await host.UntilParkedAsync(trip));
        return host;
    }

    /// <summary>Where a trip's saga waits for an operator, once it does.</summary>
    public static async Task<string> UntilParkedAsync(this DurableTestHost host, Trip trip)
    {
        string? state = null;
        await host.RunUntilAsync(
            async () =>
            {
                state = SagaReport.Of(await host.Client.GetInstanceAsync(trip.Saga.Key, getInputsAndOutputs: true))?.Parked?.State;
                return state is not null;
            },
            "the park");
        return state!;
    }
}

/// <summary>What can be seen of a trip once its saga has ended.</summary>
internal sealed record TripEnd(string Path, string Taken, string RuntimeStatus, string Incidents);
