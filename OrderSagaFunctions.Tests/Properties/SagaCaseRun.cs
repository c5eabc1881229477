using System.Net;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>Lives a case through in a test host, by people who repeat whatever they got no answer to.</summary>
internal sealed class SagaCaseRun : IAsyncDisposable
{
    private const string OrderId = "any";
    private const int LastTries = 30;

    private readonly DurableTestHost _host;
    private readonly SagaCase _case;

    private SagaCaseRun(DurableTestHost host, SagaCase @case) => (_host, _case) = (host, @case);

    public static async Task<SagaCaseRun> StartAsync(SagaCase @case) => new(
        await DurableTestHost.StartAsync(new DurableTestHostOptions
        {
            App = typeof(OrderSaga).Assembly,
            Seed = @case.Seed,
            // The audit reads on several threads, which a busy machine may keep waiting.
            OutsideTime = TimeSpan.FromSeconds(30),
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Saga__OnStepExhausted"] = @case.OnExhausted.ToString(),
                ["Saga__OnCompensationFailure"] = @case.OnCompensationFailure.ToString(),
                ["Saga__Retry__Attempts"] = "2",
                ["Saga__Retry__CompensationAttempts"] = "2",
                ["Inventory__Seed"] = "sku-100=10",
            },
            Faults = [.. @case.Faults.Select(static fault => new Fault(fault.Activity, fault.Kind) { Attempt = fault.Attempt })],
        }),
        @case);

    /// <summary>Submits the order, does what the case says, and then whatever it takes for the saga to end.</summary>
    public async Task LiveAsync()
    {
        if (_case.CrashAt > 0)
        {
            _host.CrashAt(_case.CrashAt, _case.Moment);
        }

        await SubmitAsync();
        foreach (var action in _case.Actions)
        {
            await _host.PersistAsync(_host.RunUntilIdleAsync);
            await DoAsync(action);
        }

        await EndAsync();
    }

    /// <summary>Holds what is left against the rules.</summary>
    public async Task VerifyAsync()
    {
        var order = await ViewAsync();
        AssertGraphAllows(order.Path);
        var audit = await ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), $"{audit}{Environment.NewLine}{order}");
        Assert.Equal(0, audit.GetProperty("running").GetInt32());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task SubmitAsync() => _host.PersistAsync(async () =>
    {
        var price = _case.IsFlagged ? 20_000m : 1m;
        using var answer = await PostOnceAsync("/api/orders", EndToEnd.Orders.Json(OrderId, ("sku-100", _case.Wants, price)));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    });

    private Task DoAsync(OperatorAction action) => action switch
    {
        OperatorAction.Approve => PostAsync($"/api/orders/{OrderId}/review", """{"approved":true,"reviewer":"ada"}"""),
        OperatorAction.Reject => PostAsync($"/api/orders/{OrderId}/review", """{"approved":false,"reviewer":"bob"}"""),
        OperatorAction.Cancel => PostAsync($"/api/orders/{OrderId}/cancel"),
        OperatorAction.Retry => PostAsync($"/api/orders/{OrderId}/retry"),
        OperatorAction.RetryIncidents => ForEachIncidentAsync("retry"),
        OperatorAction.CloseIncidents => ForEachIncidentAsync("close"),
        OperatorAction.Recover => PostAsync($"/api/orders/{OrderId}/recover"),
        OperatorAction.LetAnHourPass => _host.PersistAsync(() => _host.AdvanceAsync(TimeSpan.FromHours(1))),
        _ => SubmitAsync(),
    };

    // Deadlines end most waits; a parked compensation has none, and waits for an operator.
    private async Task EndAsync()
    {
        for (var i = 0; i < LastTries; i++)
        {
            await _host.PersistAsync(() => _host.AdvanceAsync(TimeSpan.FromDays(2)));
            if ((await ViewAsync()).HasEnded)
            {
                return;
            }

            await DoAsync(i % 2 == 0 ? OperatorAction.Retry : OperatorAction.CloseIncidents);
        }

        Assert.Fail($"The saga does not end: {await ViewAsync()}");
    }

    private async Task ForEachIncidentAsync(string what)
    {
        foreach (var incident in (await ViewAsync()).Incidents)
        {
            await PostAsync($"/api/incidents/{OrderId}/{incident.GetProperty("id").GetString()}/{what}", """{"by":"ada","reason":"as the case says"}""");
        }
    }

    private Task PostAsync(string path, string json = "{}") => _host.PersistAsync(async () =>
    {
        using var answer = await PostOnceAsync(path, json);
        Assert.True(answer.StatusCode is not (HttpStatusCode.InternalServerError or HttpStatusCode.BadRequest), answer.ToString());
    });

    private async Task<HttpResponseMessage> PostOnceAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await _host.HttpClient.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    private async Task<OrderView> ViewAsync() => new(await ReadAsync($"/api/orders/{OrderId}"));

    private Task<JsonElement> ReadAsync(string path) => _host.PersistAsync(async () =>
        JsonDocument.Parse(await _host.HttpClient.GetStringAsync(new Uri(path, UriKind.Relative))).RootElement);

    private static void AssertGraphAllows(IReadOnlyList<string> path)
    {
        var graph = SagaGraph.Of(OrderSteps.Definition);
        Assert.Equal(graph.Start, path[0]);
        Assert.All(path.Zip(path.Skip(1)), step => Assert.True(graph.Allows(step.First, step.Second), $"{step} in {string.Join(' ', path)}"));
    }
}
