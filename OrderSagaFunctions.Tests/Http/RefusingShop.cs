using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>
/// An app that has orders in every state and whose time stands still, so that whatever a refused request
/// changed would be the only change.
/// </summary>
public sealed class RefusingShop : IAsyncLifetime
{
    /// <summary>Succeeded.</summary>
    public const string Done = "done";

    /// <summary>Failed, with the release of its stock as an open incident.</summary>
    public const string Left = "33-left";

    /// <summary>Failed, and its incident is closed.</summary>
    public const string Dealt = "33-dealt";

    /// <summary>In review.</summary>
    public const string InReview = "in-review";

    /// <summary>Reviewed, and rejected.</summary>
    public const string Rejected = "rejected";

    /// <summary>Cancelled in its review.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Terminated in its review, which the reconciler has found.</summary>
    public const string Stopped = "stopped";

    /// <summary>Waits for an operator.</summary>
    public const string Parked = "parked";

    /// <summary>The incident of an order whose stock could not be given back.</summary>
    public const string Incident = "ReleaseInventory-1";

    private Shop? _shop;
    private string _state = "";

    private Shop Shop => _shop!;

    /// <summary>The host that it runs in.</summary>
    public DurableTestHost Host => Shop.Host;

    public async Task InitializeAsync()
    {
        _shop = await Shop.OpenAsync(
            ("Saga__OnCompensationFailure", "Continue"), ("Saga__OnStepExhausted", "Park"), ("Saga__TransientFaults", "ReserveInventory:99@parked"));
        await Shop.CompleteAsync(Done, Left, Dealt);
        await DoAsync($"/api/incidents/{Dealt}/{Incident}/close", """{"by":"ada","reason":"Put back by hand."}""");
        await Shop.SendToReviewAsync(Rejected);
        await DoAsync($"/api/orders/{Rejected}/review", """{"approved":false,"reviewer":"ada"}""");
        await Shop.SendToReviewAsync(Cancelled);
        await DoAsync($"/api/orders/{Cancelled}/cancel", "");
        await Shop.SendToReviewAsync(Stopped);
        await Shop.TerminateAsync(Stopped);
        await DoAsync("/api/reconcile", "");
        await Shop.ParkAsync(Parked);
        await Shop.SendToReviewAsync(InReview);
        _state = await StateAsync();
    }

    public async Task DisposeAsync() => await Shop.DisposeAsync();

    /// <summary>An answer's JSON.</summary>
    public Task<JsonElement> GetAsync(string path) => Shop.GetAsync(path);

    /// <summary>Sends what is to be refused, and to change nothing: no instance and no row is written for it.</summary>
    /// <returns>The problem.</returns>
    public Task<JsonElement> RefuseAsync(
        HttpStatusCode status, string type, string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers) =>
        RefuseAnyhowAsync(status, "urn:order-saga:" + type, method, path, body, headers);

    /// <summary>The same where the host refuses it, before the app sees it.</summary>
    public Task<JsonElement> RefuseByTheHostAsync(HttpStatusCode status, string method, string path, HttpContent body) =>
        RefuseAnyhowAsync(status, "about:blank", method, path, body);

    private async Task<JsonElement> RefuseAnyhowAsync(
        HttpStatusCode status, string type, string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative)) { Content = body };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        var before = Shop.Host.Commits.Count;
        using var response = await Shop.Host.HttpClient.SendAsync(request);
        await Shop.Host.RunUntilIdleAsync();
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(status == response.StatusCode, $"{method} {path}: expected {status}, found {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(type, problem.GetProperty("type").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        // An insert that finds its key taken is a commit as well: it has to leave everything as it was.
        Assert.Equal(_state, Shop.Host.Commits.Count == before ? _state : await StateAsync());
        return problem;
    }

    /// <summary>Sends an invalid request: exactly one field is to be named, with what was expected there and what was found.</summary>
    public async Task RefuseFieldAsync(
        string field, string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var problem = await RefuseAsync(HttpStatusCode.BadRequest, "invalid-request", method, path, body, headers);
        var error = Assert.Single(problem.GetProperty("errors").EnumerateArray());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.NotEmpty(error.GetProperty("expected").GetString()!);
        Assert.InRange(error.GetProperty("found").GetString()!.Length, 0, 300);
        Assert.Contains(field, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>A JSON body.</summary>
    public static HttpContent Json(string json) => new StringContent(json, Encoding.UTF8, "application/json");

    /// <summary>Every row and every instance, as it was last written.</summary>
    public async Task<string> StateAsync()
    {
        var tables = Shop.Host.Services.GetRequiredService<TableServiceClient>();
        var state = AppTables.All
            .SelectMany(table => tables.GetTableClient(table).Query<TableEntity>().Select(row => $"{table} {row.PartitionKey} {row.RowKey} {row.ETag}"))
            .ToList();
        await foreach (var instance in Shop.Host.Client.GetAllInstancesAsync())
        {
            state.Add($"{instance.InstanceId} {instance.RuntimeStatus} {instance.LastUpdatedAt:O}");
        }

        return string.Join('\n', state);
    }

    private async Task DoAsync(string path, string json)
    {
        var (status, body) = await Shop.PostAsync(path, json);
        Assert.True((int)status < 300, $"{path}: {status}: {body}");
        await Shop.Host.RunUntilIdleAsync();
    }
}
