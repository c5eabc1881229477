using System.Globalization;
using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.Deployment;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The two ways to copy the data folder that docs/operations.md gives: what was in flight goes on from the copy, once.</summary>
public sealed class BackupTests : IDisposable
{
    private const string InReview = "backup-review";
    private readonly string _copy = Directory.CreateTempSubdirectory("app-copy-").FullName;

    [Fact]
    public async Task CopyOfAStoppedHost_Started_CarriesOnWithWhatWasInFlight()
    {
        await using var app = await AppProcess.StartAsync();
        var accepted = await LoadAsync(app);

        Assert.Equal(0, await app.StopAsync());
        await CopyAsync(app.DataFolder);

        await AssertCarriesOnAsync(accepted);
    }

    [Fact]
    public async Task CopyOfAFrozenHost_Started_CarriesOnAndTheOriginalDoesToo()
    {
        await using var app = await AppProcess.StartAsync();
        var accepted = await LoadAsync(app);

        await app.WhileFrozenAsync(() => CopyAsync(app.DataFolder));

        await AssertCarriesOnAsync(accepted);
        await AssertAllEndAsync(app, accepted);
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    /// <summary>Orders on their way, and one that waits for a reviewer.</summary>
    private static async Task<IReadOnlyList<string>> LoadAsync(AppProcess app)
    {
        _ = await app.Orders.SubmitAsync(Orders.Flagged(InReview));
        _ = await app.Orders.UntilAsync(InReview, static order => order.Review.ValueKind == JsonValueKind.Object);
        var orderIds = Enumerable.Range(0, 40).Select(static number => string.Create(CultureInfo.InvariantCulture, $"backup-{number}")).ToList();
        await Task.WhenAll(orderIds.Select(orderId => app.Orders.SubmitAsync(Orders.Plain(orderId))));
        return [InReview, .. orderIds];
    }

    private static async Task AssertAllEndAsync(AppProcess app, IReadOnlyList<string> accepted)
    {
        using var decided = await app.Orders.PostAsync($"/api/orders/{InReview}/review", """{"approved":true,"reviewer":"ada"}""");
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);

        var orders = await Task.WhenAll(accepted.Select(app.Orders.EndOfAsync));
        Assert.All(orders, static order => Assert.Equal("OrderSucceeded", order.Path[^1]));
        Assert.All(orders, static order => Assert.Single(
            order.Json.GetProperty("transactions").EnumerateArray(), static moved => moved.GetProperty("type").GetString() == "Debit"));
        var audit = await app.Orders.ReadAsync("/api/audit");
        Assert.True(audit.GetProperty("clean").GetBoolean(), audit.ToString());
    }

    private async Task AssertCarriesOnAsync(IReadOnlyList<string> accepted)
    {
        await using var restored = await AppProcess.StartAsync(options: ["--data", _copy]);
        await AssertAllEndAsync(restored, accepted);
    }

    // As the guide has it: 'cp' asks for no lock, which the host holds.
    private async Task CopyAsync(string folder)
    {
        var copy = await Tool.RunAsync("cp", new Dictionary<string, string>(StringComparer.Ordinal), "-a", Path.Combine(folder, "."), _copy);
        Assert.True(copy.ExitCode == 0, copy.Errors);
    }
}
