using System.Net;
using System.Text.Json;
using EmbeddedHost.Tests.Storage.Azurite;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The storage account is out of reach for a while, in the middle of orders.</summary>
public sealed class LostConnectionTests : IAsyncLifetime
{
    private readonly List<CutProxy> _ways = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(_ways.Select(static way => way.DisposeAsync().AsTask()));

    [Fact]
    public async Task Connection_LostUnderLoad_Is503ToCallersAndOrdersEndOnceItIsBack()
    {
        await using var app = await AppProcess.StartOnAsync(
            AzureStorage.At(await AccountToCutAsync()), ("Saga__OnCompensationFailure", "Continue"));
        var process = app.Id;
        string[] ids = [.. Enumerable.Range(0, 24).Select(static number => $"cut-{number}")];
        _ = await Task.WhenAll(ids.Select(id => app.Orders.SubmitAsync(Orders.Plain(id))));

        _ways.ForEach(static way => way.Cut());
        var refusals = await Task.WhenAll(
            RefusalAsync(app.Orders.PostAsync("/api/orders", Orders.Plain("cut-off"))),
            RefusalAsync(app.Orders.GetAsync("/api/orders/cut-1")),
            RefusalAsync(app.Orders.GetAsync("/api/inventory")),
            RefusalAsync(app.Orders.PostAsync("/api/orders/cut-1/cancel", "")),
            RefusalAsync(app.Orders.GetAsync("/runtime/webhooks/durabletask/instances/cut-1")),
            RefusalAsync(app.Orders.GetAsync("/runtime/webhooks/durabletask/instances")));
        _ways.ForEach(static way => way.Mend());
        var orders = new List<ShownOrder>();
        foreach (var id in ids)
        {
            orders.Add(await app.Orders.EndOfAsync(id));
        }

        _ = await app.Orders.SubmitAsync(Orders.Plain("cut-after"));
        var after = await app.Orders.EndOfAsync("cut-after");
        await app.Orders.UntilNothingRunsAsync();

        Assert.All(refusals, static refusal => Assert.Contains("storage account", refusal.GetProperty("detail").GetString(), StringComparison.Ordinal));
        Assert.All(orders, CrashBooks.AreRight);
        Assert.Equal("OrderSucceeded", after.Path[^1]);
        var audit = await app.Orders.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
        Assert.Equal(process, app.Id);
    }

    private static async Task<JsonElement> RefusalAsync(Task<HttpResponseMessage> call)
    {
        using var answer = await call;
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode}: {body}");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>The connection string of a new account, each of whose services is reached by a way that can be cut.</summary>
    private async Task<string> AccountToCutAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        return string.Join(';', azurite.ConnectionString(azurite.NewAccount()).Split(';').Select(part =>
        {
            if (part.Split('=', 2) is not [var name, var address] || !name.EndsWith("Endpoint", StringComparison.Ordinal))
            {
                return part;
            }

            var way = new CutProxy(new Uri(address).Port);
            _ways.Add(way);
            return $"{name}={new UriBuilder(address) { Port = way.Port }.Uri}";
        }));
    }
}
