using System.Text.Json;
using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>One order on the page: what became of its states, its times, its history, its money and its stock.</summary>
public sealed class OrderViewTests(Browser browser, WarmScenarioHost host) : DashboardTest(browser, host.App), IClassFixture<WarmScenarioHost>
{
    [Theory]
    [InlineData("1", "Failed", "ProcessOrder failed, UpdateOrderStatus done, OrderFailed failed, Checks idle")]
    [InlineData("11", "Failed, incomplete", "ProcessOrder failed, UpdateOrderStatus stuck, NotifyUpdateOrderFail done, OrderFailed failed")]
    [InlineData("2", "Failed", "ProcessOrder undone, Checks done, ProcessPayment failed, ProcessRefund done, UpdateOrderStatus done")]
    [InlineData("22", "Failed, incomplete", "ProcessPayment failed, ProcessRefund stuck, NotifyProcessRefundFail done, ProcessOrder stuck, UpdateOrderStatus stuck")]
    [InlineData("3", "Failed", "ProcessOrder undone, ProcessPayment undone, ReserveInventory failed, ReleaseInventory done, ProcessRefund done, OrderFailed failed")]
    [InlineData("33", "Failed, incomplete", "ReserveInventory failed, ReleaseInventory stuck, NotifyReleaseInventoryFail done, ProcessPayment stuck, ProcessRefund stuck")]
    [InlineData("success", "Succeeded", "ProcessOrder done, Checks done, Review idle, ProcessPayment done, ReserveInventory done, NotifySuccess done, OrderSucceeded done")]
    public async Task Scenario_PlacedOnThePage_LightsItsPathUp(string scenario, string standing, string states)
    {
        var page = await OpenViewAsync("place");

        await page.Locator(".scenarios button", new() { Has = page.GetByText(scenario, new() { Exact = true }) }).ClickAsync();

        await Expect(Standing(page)).ToHaveTextAsync(standing);
        foreach (var state in states.Split(", "))
        {
            await StandsAsync(page, state.Split(' ')[0], state.Split(' ')[1]);
        }

        // As many heavy lines as the saga has made steps.
        var path = await page.Locator("section[aria-labelledby=title-graph] > .graph .as-text li").CountAsync();
        await Expect(page.Locator("section[aria-labelledby=title-graph] > .graph path.line.taken[d]")).ToHaveCountAsync(path - 1);
    }

    [Fact]
    public async Task Order_FromTwoLocations_ShowsItsChildrenAndLeadsThereAndBack()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Json("5-children", ("sku-100", 1, 49.90m), ("sku-400", 1, 399m)));
        _ = await App.Orders.EndOfAsync("5-children");
        var page = await OpenViewAsync("orders/5-children");

        await Expect(page.Locator(".child")).ToHaveCountAsync(2);
        await Expect(page.Locator(".child .chip")).ToHaveTextAsync(["Succeeded", "Succeeded"]);
        await page.Locator(".child").GetByRole(AriaRole.Link, new() { Name = "fulfilment at harbour" }).ClickAsync();
        await StandsAsync(page, "BookShipment", "done");
        await Expect(page.Locator(".history tbody")).ToContainTextAsync("BookShipment");
        await page.Locator(".crumbs").GetByRole(AriaRole.Link, new() { Name = "5-children" }).ClickAsync();
        await StandsAsync(page, "NotifySuccess", "done");
    }

    [Fact]
    public async Task Selection_OfAState_IsThatOfGraphTimelineHistoryAndAddress()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("5-select"));
        _ = await App.Orders.EndOfAsync("5-select");
        var page = await OpenViewAsync("orders/5-select");

        await State(page, "ProcessPayment").ClickAsync();

        await Expect(page).ToHaveURLAsync(App.Address + "api/dashboard#/orders/5-select?select=ProcessPayment");
        await Expect(page.Locator(".timeline .row.selected .label")).ToHaveTextAsync("ProcessPayment");
        await Expect(page.Locator(".history tr.selected")).ToContainTextAsync("ProcessPayment");
        await Expect(page.Locator(".selection")).ToContainTextAsync("ProcessPayment: done");
        await page.Locator(".timeline .row", new() { HasText = "Checks" }).ClickAsync();
        await Expect(State(page, "Checks")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(State(page, "ProcessPayment")).ToHaveAttributeAsync("aria-pressed", "false");
        await Expect(page.Locator(".history tr.selected")).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task DeepLink_WithSelectionAndFilter_OpensWithThem()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("5-deep"));
        _ = await App.Orders.EndOfAsync("5-deep");

        var page = await OpenViewAsync("orders/5-deep?select=ReserveInventory&type=activities&payloads=true");

        await Expect(State(page, "ReserveInventory")).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByLabel("Show")).ToHaveValueAsync("activities");
        await Expect(page.Locator(".history tbody")).Not.ToContainTextAsync("Instance started");
        await page.Locator(".history details").First.Locator("summary").ClickAsync();
        await Expect(page.Locator(".history pre").First).ToContainTextAsync("5-deep");
    }

    [Fact]
    public async Task History_Downloaded_IsTheEventsAsJson()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("5-download"));
        _ = await App.Orders.EndOfAsync("5-download");
        var page = await OpenViewAsync("orders/5-download");

        var download = await page.RunAndWaitForDownloadAsync(() => Button(page, "Download as JSON").ClickAsync());

        Assert.Equal("5-download.history.json", download.SuggestedFilename);
        await using var file = await download.CreateReadStreamAsync();
        using var history = await JsonDocument.ParseAsync(file);
        Assert.Contains(history.RootElement.GetProperty("events").EnumerateArray(), static e =>
            e.GetProperty("type").GetString() == "TaskScheduled" && e.GetProperty("input").GetRawText().Contains("5-download", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ledger_OfEachEnd_SaysWhetherItAddsUp()
    {
        foreach (var (orderId, marks) in new[] { ("4-adds-up", "done done"), ("3-adds-up", "done done"), ("33-adds-up", "stuck done") })
        {
            _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain(orderId));
            _ = await App.Orders.EndOfAsync(orderId);

            var page = await OpenViewAsync("orders/" + orderId);

            await Expect(page.Locator(".sums li")).ToHaveClassAsync([.. marks.Split(' ').Select(static mark => $"chip {mark}")]);
        }
    }

    [Fact]
    public async Task Texts_OfAnOrderThatAreMarkup_StayTexts()
    {
        const string Script = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>";
        _ = await App.Orders.SubmitAsync(JsonSerializer.Serialize(new
        {
            order_id = "5-markup",
            customer_id = "customer-7f21",
            items = new[] { new { item_id = "sku-100", qty = 1, description = Script, unit_price = 20_000 } },
        }));
        var page = await OpenViewAsync("orders/5-markup");
        await Expect(Standing(page)).ToHaveTextAsync("In review");

        await ActAsync(page, "Reject", ("Your name", "ada"), ("Comment", Script));

        await Expect(page.Locator("section[aria-labelledby=title-decisions]")).ToContainTextAsync(Script);
        await Expect(page.Locator("section[aria-labelledby=title-items]")).ToContainTextAsync(Script);
        await Expect(page).ToHaveTitleAsync("Order 5-markup – order saga");
        await Expect(page.Locator("main img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Order_ThatIsNotThere_IsToldAndNotAskedForAllTheTime()
    {
        ExpectProblem("404");

        var page = await OpenViewAsync("orders/nobody");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no order 'nobody'.");
    }
}
