using System.Net;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Tests.EndToEnd;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>The people around an order. Who gets no answer asks again.</summary>
internal sealed class CaseOperators(DurableTestHost host, SagaCase @case)
{
    public const string OrderId = "any";

    private const int Delivered = 20;
    private const string Note = """{"by":"ada","reason":"as the case says"}""";
    private const string Instances = "/runtime/webhooks/durabletask/instances";

    private readonly Dictionary<string, long> _putIn = CaseLine.Places.Keys.ToDictionary(static item => item, static _ => (long)CaseLine.InStock);

    /// <summary>How many pieces there have to be of each item, on hand and reserved.</summary>
    public IReadOnlyDictionary<string, long> PutIn => _putIn;

    /// <summary>Whether somebody was told that the order is cancelled.</summary>
    public bool IsCancelGranted { get; private set; }

    /// <summary>Does something, or two things at once.</summary>
    public Task DoAsync(OperatorAction action, OperatorAction? beside = null) => host.PersistAsync(() =>
        // Of two counts at once the later one stands, which the answers do not tell.
        beside is { } other && (action, other) != (OperatorAction.PutStockIn, OperatorAction.PutStockIn)
            ? host.RunAsync(() => Task.WhenAll(DoOnceAsync(action), DoOnceAsync(other)))
            : DoOnceAsync(action));

    /// <summary>The order as the API tells it; null where it knows none.</summary>
    public async Task<ShownOrder?> StoryAsync() => await host.PersistAsync(() => FindAsync($"/api/orders/{OrderId}")) is { } json ? new ShownOrder(json) : null;

    /// <summary>An answer's JSON.</summary>
    public async Task<JsonElement> ReadAsync(string path) => (await host.PersistAsync(() => FindAsync(path)))!.Value;

    /// <summary>The instances that have not ended.</summary>
    public async Task<IReadOnlyList<OrchestrationMetadata>> RunningAsync()
    {
        var running = new List<OrchestrationMetadata>();
        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            if (!instance.IsCompleted)
            {
                running.Add(instance);
            }
        }

        return [.. running.OrderBy(static instance => instance.CreatedAt).ThenBy(static instance => instance.InstanceId, StringComparer.Ordinal)];
    }

    private async Task DoOnceAsync(OperatorAction action) => await (action switch
    {
        OperatorAction.Approve => PostAsync($"/api/orders/{OrderId}/review", """{"approved":true,"reviewer":"ada"}"""),
        OperatorAction.Reject => PostAsync($"/api/orders/{OrderId}/review", """{"approved":false,"reviewer":"bob"}"""),
        OperatorAction.Cancel => CancelAsync(),
        OperatorAction.Retry => PostAsync($"/api/orders/{OrderId}/retry"),
        OperatorAction.RetryIncidents => ForEachIncidentAsync("retry"),
        OperatorAction.CloseIncidents => ForEachIncidentAsync("close"),
        OperatorAction.Recover => PostAsync($"/api/orders/{OrderId}/recover"),
        OperatorAction.Reconcile => PostAsync("/api/reconcile"),
        OperatorAction.SubmitAgain => SubmitAsync(),
        OperatorAction.PutStockIn => PutStockInAsync(),
        OperatorAction.Terminate => ManageAsync("terminate"),
        OperatorAction.TerminatePart => ManagePartAsync("terminate"),
        OperatorAction.Purge => PurgeAsync(),
        OperatorAction.Suspend => ManageAsync("suspend"),
        OperatorAction.Resume => ManageAsync("resume"),
        OperatorAction.Rewind => ManageAsync("rewind"),
        OperatorAction.Restart => RestartAsync(),
        OperatorAction.RaiseApproval => ManageAsync($"raiseEvent/{ReviewDecision.EventName}", """{"approved":true,"reviewer":"raw"}"""),
        OperatorAction.RaiseCancel => ManageAsync($"raiseEvent/{SagaRun.CancelEvent}"),
        OperatorAction.RaiseOperator => ManageAsync($"raiseEvent/{SagaRun.OperatorEvent}"),
        OperatorAction.RaiseCancelAtPart => ManagePartAsync($"raiseEvent/{SagaRun.CancelEvent}"),
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "Nobody knows how to do this."),
    });

    private async Task CancelAsync() => IsCancelGranted |= await PostAsync($"/api/orders/{OrderId}/cancel", Note) == HttpStatusCode.Accepted;

    private async Task SubmitAsync()
    {
        var total = @case.IsFlagged ? 20_000m : 1m;
        using var answer = await SendAsync(
            HttpMethod.Post, "/api/orders", EndToEnd.Orders.Json(OrderId, [.. @case.Lines.Select(line => (line.Item, line.Quantity, total))]));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private async Task ForEachIncidentAsync(string what)
    {
        foreach (var incident in await FindAsync($"/api/orders/{OrderId}") is { } order ? new ShownOrder(order).Incidents : [])
        {
            await PostAsync($"/api/incidents/{OrderId}/{incident.GetProperty("id").GetString()}/{what}", Note);
        }
    }

    private async Task PutStockInAsync()
    {
        foreach (var item in @case.Wanted.Keys)
        {
            using var answer = await SendAsync(HttpMethod.Put, $"/api/inventory/{item}", $$"""{"quantity":{{Delivered}}}""");
            var stock = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            _putIn[item] = stock.GetProperty("quantity").GetInt64() + stock.GetProperty("reserved").GetInt64();
        }
    }

    private async Task PurgeAsync()
    {
        using var answer = await SendAsync(HttpMethod.Delete, $"{Instances}/{await LatestInstanceAsync()}");
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed, answer.ToString());
    }

    // One that was stopped before its end is recovered: restarted, it would know nothing of what it had done.
    private async Task RestartAsync()
    {
        if (await FindAsync($"/api/orders/{OrderId}") is { } order && order.GetProperty("saga").GetProperty("outcome").ValueKind != JsonValueKind.Null)
        {
            await ManageAsync("restart?restartWithNewInstanceId=false");
        }
    }

    private async Task ManageAsync(string what, string json = "{}") => await PostAsync($"{Instances}/{await LatestInstanceAsync()}/{what}", json);

    private async Task ManagePartAsync(string what)
    {
        if ((await RunningAsync()).FirstOrDefault(static instance => instance.Name != nameof(OrderSaga)) is { } part)
        {
            await PostAsync($"{Instances}/{part.InstanceId}/{what}");
        }
    }

    private async Task<string> LatestInstanceAsync() => await FindAsync($"/api/orders/{OrderId}") is { } order
        ? order.GetProperty("saga").GetProperty("instanceId").GetString()!
        : OrderId;

    private async Task<HttpStatusCode> PostAsync(string path, string json = "{}")
    {
        using var answer = await SendAsync(HttpMethod.Post, path, json);
        Assert.True(
            answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.BadRequest or HttpStatusCode.NotFound
                or HttpStatusCode.Conflict or HttpStatusCode.Gone or HttpStatusCode.PreconditionFailed,
            $"{path}: {answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return answer.StatusCode;
    }

    private async Task<JsonElement?> FindAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{path}: {answer.StatusCode}");
        return answer.StatusCode == HttpStatusCode.OK ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement : null;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await host.HttpClient.SendAsync(request);
    }
}
