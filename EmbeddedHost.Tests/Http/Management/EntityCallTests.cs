using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The management API of entities.</summary>
public sealed class EntityCallTests
{
    private const string Entities = "/runtime/webhooks/durabletask/entities";

    [Fact]
    public async Task Signal_ThenGet_IsTheState()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "/notes/one")).Status);
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(host, HttpMethod.Post, "/Notes/one?op=Add", "\"json\"", "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(host, HttpMethod.Post, "/notes/one?op=add", "plain", "text/plain"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(host, HttpMethod.Post, "/notes/one?op=Twice"));
        Assert.Equal((HttpStatusCode.OK, "[\"json\",\"plain\",\"json\",\"plain\"]"), await GetAsync(host, "/NOTES/one"));
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(host, HttpMethod.Delete, "/notes/one"));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(host, "/notes/one")).Status);
    }

    [Fact]
    public async Task Get_Dollar_IsTheEmptyKey()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(host, HttpMethod.Post, "/notes?op=Add", "\"x\"", "application/json"));

        Assert.Equal((HttpStatusCode.OK, "[\"x\"]"), await GetAsync(host, "/notes/$"));
    }

    [Fact]
    public async Task List_InPages_HasIdTimeAndTheStateWhereAsked()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "notes/a", "notes/b", "other/a" })
        {
            _ = await SendAsync(host, HttpMethod.Post, $"/{id}?op=Add", $"\"{id}\"", "application/json");
        }

        var (first, token) = await ListAsync(host, "/notes?top=1&fetchState=true", token: null);
        var (second, end) = await ListAsync(host, "/notes?top=1", token);
        var (all, _) = await ListAsync(host, "", token: null);
        var (none, _) = await ListAsync(host, $"?lastOperationTimeFrom={Uri.EscapeDataString(host.Clock.GetUtcNow().AddMinutes(1).ToString("O"))}", token: null);

        Assert.Equal("notes", first[0].GetProperty("entityId").GetProperty("name").GetString());
        Assert.Equal("a", first[0].GetProperty("entityId").GetProperty("key").GetString());
        Assert.Equal("notes/a", first[0].GetProperty("state")[0].GetString());
        Assert.Equal(host.Clock.GetUtcNow(), first[0].GetProperty("lastOperationTime").GetDateTimeOffset());
        Assert.Equal("b", second[0].GetProperty("entityId").GetProperty("key").GetString());
        Assert.Equal(JsonValueKind.Null, second[0].GetProperty("state").ValueKind);
        Assert.NotEmpty(token);
        Assert.Equal(3, all.GetArrayLength());
        Assert.Equal(0, none.GetArrayLength());
        Assert.NotEmpty(end);
        Assert.Empty((await ListAsync(host, "/notes?top=1", end)).Token);
    }

    [Fact]
    public async Task List_KeyThatNoHeaderCanHold_GoesOnAfterIt()
    {
        await using var host = await StartAsync();
        foreach (var key in new[] { "m\u00fcller", "z" })
        {
            _ = await SendAsync(host, HttpMethod.Post, $"/notes/{Uri.EscapeDataString(key)}?op=Add", "\"x\"", "application/json");
        }

        var (first, token) = await ListAsync(host, "/notes?top=1", token: null);
        var (second, _) = await ListAsync(host, "/notes?top=1", token);

        Assert.Equal(["m\u00fcller", "z"], ((JsonElement[])[first[0], second[0]]).Select(static row => row.GetProperty("entityId").GetProperty("key").GetString()));
    }

    [Fact]
    public async Task List_TokenOfAnotherList_Is400()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Entities, UriKind.Relative));
        request.Headers.Add("x-ms-continuation-token", "17");

        using var answer = await host.HttpClient.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/notes/one?op=Add", "not JSON", 400)]
    [InlineData("PUT", "/notes/one", "1", 404)]
    [InlineData("GET", "/notes?top=none", null, 400)]
    public async Task WrongCall_IsAProblem(string method, string address, string? body, int status)
    {
        await using var host = await StartAsync();

        Assert.Equal(status, (int)await SendAsync(host, new HttpMethod(method), address, body, "application/json"));
    }

    private static Task<DurableTestHost> StartAsync() => DurableTestHost.StartAsync(new DurableTestHostOptions { FunctionTypes = [typeof(Functions)] });

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(DurableTestHost host, string address)
    {
        using var answer = await host.HttpClient.GetAsync(new Uri(Entities + address, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<HttpStatusCode> SendAsync(DurableTestHost host, HttpMethod method, string address, string? body = null, string type = "text/plain")
    {
        using var request = new HttpRequestMessage(method, new Uri(Entities + address, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        using var answer = await host.HttpClient.SendAsync(request);
        await host.RunUntilIdleAsync();
        return answer.StatusCode;
    }

    private static async Task<(JsonElement Entities, string Token)> ListAsync(DurableTestHost host, string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Entities + address, UriKind.Relative));
        if (token is not null)
        {
            request.Headers.Add("x-ms-continuation-token", token);
        }

        using var answer = await host.HttpClient.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(), answer.Headers.GetValues("x-ms-continuation-token").Single());
    }

    public sealed class Pad : TaskEntity<List<string>>
    {
        public void Add(string line) => State.Add(line);

        public void Twice() => State.AddRange([.. State]);

        protected override List<string> InitializeState(TaskEntityOperation entityOperation) => [];
    }

    public static class Functions
    {
        [Function(nameof(Notes))]
        public static Task Notes([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Pad>();

        [Function(nameof(Other))]
        public static Task Other([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Pad>();
    }
}
