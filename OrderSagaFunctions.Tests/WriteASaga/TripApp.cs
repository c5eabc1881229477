using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrderSagaFunctions.Ordering;
using Sagas;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>The order app with a second saga in it, and what a test does with that.</summary>
internal static class TripApp
{
    public static DurableTestHostOptions Options { get; } = new()
    {
        App = typeof(OrderSaga).Assembly,
        FunctionTypes = [typeof(TripSaga), typeof(TripFunctions), typeof(TripApi)],
        ConfigureServices = static services =>
        {
            services.AddSingleton(TripSteps.Definition);
            services.AddSingleton<TripStore>();
            services.AddHostedService<TripTable>();
        },
    };

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
        using var answer = await host.HttpClient.PostAsJsonAsync(new Uri(path, UriKind.Relative), body ?? new object(), AppJson.Options);
        return answer.StatusCode;
    }

    /// <summary>What a trip came to; its path is held against the graph that the app tells.</summary>
    public static async Task<TripEnd> EndOfAsync(this DurableTestHost host, Trip trip)
    {
        var instance = await host.PersistAsync(() => host.WaitForCompletionAsync(trip.Key));
        var trips = host.Services.GetRequiredService<TripStore>();
        var story = (await trips.FindReportAsync(trip.Key, default))!;
        var graph = (await host.HttpClient.GetFromJsonAsync<SagaGraph>(new Uri("/api/sagas/trip/definition", UriKind.Relative), AppJson.Options))!;
        Assert.All(story.Path.Zip(story.Path.Skip(1)), step => Assert.True(graph.Allows(step.First, step.Second), $"{step} is no transition."));
        return new TripEnd(
            string.Join(' ', story.Path), await host.TakenAsync(trip), $"{instance.RuntimeStatus}", string.Join(' ', story.Incidents.Select(static incident => incident.Id)));
    }

    /// <summary>What a trip has taken and not given back.</summary>
    public static async Task<string> TakenAsync(this DurableTestHost host, Trip trip) =>
        string.Join(' ', await host.Services.GetRequiredService<TripStore>().ReadTakenAsync(trip.Key, default));

    /// <summary>Starts the app with a trip whose charge has failed for good.</summary>
    public static async Task<DurableTestHost> ParkAsync(Trip trip)
    {
        var attempts = Enumerable.Range(1, TripSteps.Charge.Retry!.Attempts);
        var host = await DurableTestHost.StartAsync(Options with
        {
            Faults = [.. attempts.Select(static attempt => new Fault(nameof(TripFunctions.Charge), FaultKind.Throw) { Attempt = attempt })],
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
                var instance = await host.Client.GetInstanceAsync(trip.Key, getInputsAndOutputs: true);
                state = JsonSerializer.Deserialize<SagaReport>(instance?.SerializedCustomStatus ?? "null", AppJson.Options)?.Parked?.State;
                return state is not null;
            },
            "the park");
        return state!;
    }

    private sealed class TripTable(TableServiceClient tables) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => tables.CreateTableIfNotExistsAsync(TripStore.Table, cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>What can be seen of a trip once its saga has ended.</summary>
internal sealed record TripEnd(string Path, string Taken, string RuntimeStatus, string Incidents);
