using System.Net;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Storage;
using Sagas.Tests.Guide;

namespace Sagas.Tests.Health;

/// <summary>What probes are told of a host, over HTTP.</summary>
public sealed class HealthTests
{
    private const string Live = "/api/health/live";
    private const string Ready = "/api/health/ready";

    [Theory]
    [InlineData(Live, "live")]
    [InlineData(Ready, "ready")]
    public async Task Ready_AllCanBeReached_Is200ThatNobodyKeeps(string path, string status)
    {
        var (host, _) = await StartAsync();
        await using var running = host;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("If-None-Match", "*");

        using var answer = await host.HttpClient.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "no-store", null), (answer.StatusCode, answer.Headers.CacheControl?.ToString(), answer.Headers.ETag));
        Assert.Equal($$"""{"status":"{{status}}"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Ready_TablesCannotBeReached_Is503ThatNamesThem()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;
        tables.Before = static _ => throw new RequestFailedException("No route to account-7.");

        var problem = await RefusalAsync(host);

        Assert.Equal("Not to be reached: the tables. The host's log says why.", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Live_TablesCannotBeReached_Is200()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;
        tables.Before = static _ => throw new RequestFailedException("No route to account-7.");

        using var answer = await host.HttpClient.GetAsync(new Uri(Live, UriKind.Relative));

        Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, tables.Looks));
    }

    [Fact]
    public async Task Ready_TablesDoNotAnswer_Is503AfterTwoSeconds()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;
        // A client that does not heed the token.
        tables.Before = static _ => new TaskCompletionSource().Task;
        var before = host.Clock.GetUtcNow();

        var problem = await RefusalAsync(host);

        Assert.Contains("the tables", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(2), host.Clock.GetUtcNow() - before);
    }

    [Fact]
    public async Task Ready_TablesAreGone_Is503()
    {
        await using var host = await DurableTestHost.StartAsync(TripApp.Options);
        await host.RunAsync(async () => await host.Services.GetRequiredService<TableServiceClient>().DeleteTableAsync(SagaTables.Claims));

        var problem = await RefusalAsync(host);

        Assert.Contains("the tables", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_AskedByManyWithinASecond_LooksOnce()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;

        var statuses = await host.RunAsync(() => Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(host))));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        _ = await StatusAsync(host);

        Assert.Equal(Enumerable.Repeat(HttpStatusCode.OK, 50), statuses);
        Assert.Equal(1, tables.Looks);
    }

    [Fact]
    public async Task Ready_ASecondLater_LooksAgain()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;
        tables.Before = static _ => throw new RequestFailedException("No route to account-7.");
        var first = await StatusAsync(host);

        tables.Before = null;
        await host.AdvanceAsync(TimeSpan.FromSeconds(1.1));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (first, await StatusAsync(host)));
    }

    [Fact]
    public async Task Health_QueryThatItDoesNotHave_IsRefused()
    {
        var (host, tables) = await StartAsync();
        await using var running = host;

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, Ready + "?verbose=1"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(host, Live + "?verbose=1"));
        Assert.Equal(0, tables.Looks);
    }

    private static async Task<(DurableTestHost Host, WatchedTables Tables)> StartAsync()
    {
        WatchedTables? tables = null;
        var host = await DurableTestHost.StartAsync(TripApp.Options with
        {
            // It reads the same table.
            Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AzureWebJobs.FinishClaims.Disabled"] = "true" },
            ConfigureServices = services => services.AddSingleton<TableServiceClient>(provider =>
                tables = new WatchedTables(provider.GetRequiredService<EmbeddedTableServiceClient>())),
        });
        return (host, tables!);
    }

    private static async Task<HttpStatusCode> StatusAsync(DurableTestHost host, string path = Ready)
    {
        using var answer = await host.HttpClient.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }

    private static async Task<JsonElement> RefusalAsync(DurableTestHost host)
    {
        using var answer = await host.HttpClient.GetAsync(new Uri(Ready, UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (answer.StatusCode, answer.Headers.CacheControl?.ToString()));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("urn:order-saga:not-ready", problem.GetProperty("type").GetString());
        return problem;
    }
}
