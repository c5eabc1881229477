using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>On the page: what could not be undone, and what is tried again.</summary>
public sealed class IncidentViewTests(Browser browser, IncidentViewTests.FaultyHost host) : DashboardTest(browser, host.App), IClassFixture<IncidentViewTests.FaultyHost>
{
    private static readonly (string, string) Ada = ("Your name", "ada");

    [Fact]
    public async Task Incident_Retried_IsClosedWithItsCompensationDone()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("3-mended"));
        _ = await App.Orders.UntilAsync("3-mended", static order => order.Saga.GetProperty("incidents").GetArrayLength() > 0);
        var page = await OpenViewAsync("orders/3-mended");
        var incident = page.Locator(".incident").First;
        await Expect(incident.Locator(".chip")).ToHaveTextAsync("Open");

        await incident.GetByText("Retry", new() { Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Retry", Ada);

        await Expect(incident.Locator(".chip").First).ToHaveTextAsync("Closed");
        await Expect(incident.GetByText("Close", new() { Exact = true })).ToHaveAttributeAsync("aria-disabled", "true");
    }

    [Fact]
    public async Task Close_WithoutAReason_IsNotSent()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("33-page"));
        _ = await App.Orders.UntilAsync("33-page", static order => order.Saga.GetProperty("incidents").GetArrayLength() > 0);
        var page = await OpenViewAsync("queues");
        var card = page.Locator(".cards li", new() { HasText = "33-page" }).First;

        await card.GetByText("Close", new() { Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Close", Ada);

        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await ConfirmAsync(page, "Close", ("Reason", "counted by hand"));
        await Expect(page.GetByRole(AriaRole.Dialog)).Not.ToBeVisibleAsync();
        await Expect(page.Locator("#notice")).ToContainTextAsync("Close: accepted.");
    }

    [Fact]
    public async Task Retrying_Step_ShowsTheAttemptAndWhenTheNextOneIs()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("9-retrying"));
        var page = await OpenViewAsync("orders/9-retrying");

        await StandsAsync(page, "ProcessPayment", "retrying");
        await Expect(State(page, "ProcessPayment")).ToContainTextAsync("2 of 4");
        await Expect(Standing(page)).ToHaveTextAsync("Retrying");
        await page.GotoAsync("/api/dashboard#/orders?retrying=true");
        await Expect(page.Locator("tbody tr", new() { HasText = "9-retrying" })).ToContainTextAsync("2 of 4, next in");
        await page.ShouldBeAccessibleAsync();
    }

    /// <summary>The demo, with faults that pass.</summary>
    public sealed class FaultyHost : IAsyncLifetime
    {
        private AppProcess? _app;

        public AppProcess App => _app!;

        public async Task InitializeAsync() => _app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Saga__Retry__CompensationAttempts"] = "2",
            ["Saga__Retry__FirstInterval"] = "00:00:00.005",
            // Longer than the tests look at it.
            ["Saga__Steps__ProcessPayment__FirstInterval"] = "00:10:00",
            ["Saga__Steps__ProcessPayment__MaxInterval"] = "00:10:00",
            ["Saga__TransientFaults"] = "ReleaseInventory:2@3-mended,ProcessPayment:1@9-retrying",
        });

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
