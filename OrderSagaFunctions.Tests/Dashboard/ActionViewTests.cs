using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>Steering on the page: decisions, retries and cancels, and what is said where somebody else was first.</summary>
public sealed class ActionViewTests(Browser browser, ParkingHost<Embedded> host) : DashboardTest(browser, host.App), IClassFixture<ParkingHost<Embedded>>
{
    private static readonly (string, string) Ada = ("Your name", "ada");

    [Fact]
    public async Task Approve_OrderInReview_Succeeds()
    {
        var page = await OpenReviewAsync("7-approve");

        await ActAsync(page, "Approve", Ada, ("Comment", "known customer"));

        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
        await StandsAsync(page, "Review", "done");
        await Expect(page.Locator(".wait")).ToContainTextAsync("Approved by ada");
        await Expect(page.Locator("section[aria-labelledby=title-decisions]")).ToContainTextAsync("known customer");
    }

    [Fact]
    public async Task Reject_OrderInReview_FailsWithNothingTaken()
    {
        var page = await OpenReviewAsync("7-reject");

        await ActAsync(page, "Reject", Ada);

        await Expect(Standing(page)).ToHaveTextAsync("Failed");
        await StandsAsync(page, "Review", "failed");
        await Expect(page.Locator("section[aria-labelledby=title-ledger]")).ToContainTextAsync("Nothing has moved.");
    }

    [Fact]
    public async Task Decide_SomebodyElseWasFirst_IsToldTheirDecision()
    {
        ExpectProblem("409");
        var page = await OpenReviewAsync("7-second");
        await Button(page, "Reject").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        using var first = await App.Orders.PostAsync("/api/orders/7-second/review", """{"approved":true,"reviewer":"grace","comment":"fine"}""");

        await ConfirmAsync(page, "Reject", Ada);

        await Expect(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Alert)).ToContainTextAsync("Approved by grace: “fine”");
        await page.Keyboard.PressAsync("Escape");
        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task Retry_ParkedStep_GoesOnFromThere()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("park-page"));
        var page = await OpenViewAsync("orders/park-page");
        await Expect(Standing(page)).ToHaveTextAsync("Parked");
        await StandsAsync(page, "ReserveInventory", "waiting");

        await ActAsync(page, "Retry parked step", Ada, ("Reason", "the shelf is back"));

        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
        await StandsAsync(page, "ReserveInventory", "done");
    }

    [Fact]
    public async Task Retry_TwoChildrenParkedAtOnce_EachIsShownWaitingAndBothGoOn()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Json("two-parked", ("sku-100", 1, 49.90m), ("sku-400", 1, 399m)));
        var page = await OpenViewAsync("orders/two-parked");
        await Expect(page.Locator(".wait")).ToContainTextAsync(["Parked in ReserveInventory at harbour", "Parked in ReserveInventory at main"]);
        await Expect(page.Locator(".child .chip")).ToHaveTextAsync(["Parked", "Parked"]);
        await Expect(page.Locator(".child [data-key=ReserveInventory].waiting")).ToHaveCountAsync(2);

        await ActAsync(page, "Retry parked step", Ada);

        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
        await Expect(page.Locator(".child .chip")).ToHaveTextAsync(["Succeeded", "Succeeded"]);
    }

    [Fact]
    public async Task Cancel_OrderInReview_EndsCancelled()
    {
        var page = await OpenReviewAsync("7-cancel");

        await ActAsync(page, "Cancel order", Ada, ("Reason", "changed their mind"));

        await Expect(Standing(page)).ToHaveTextAsync("Cancelled");
        await StandsAsync(page, "OrderCancelled", "undone");
        await Expect(Button(page, "Cancel order")).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByText("Why some cannot be taken").First.ClickAsync();
        await Expect(page.Locator(".reasons").First).ToContainTextAsync("Cancel order: it is cancelled.");
    }

    [Fact]
    public async Task Queues_OfWhatWaits_ListItAndActOnIt()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Flagged("7-queue"));
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("park-queue"));
        var page = await OpenViewAsync("queues");
        var review = page.Locator("section[aria-labelledby=title-reviews] li", new() { HasText = "7-queue" });

        await Expect(page.Locator("section[aria-labelledby=title-parked]")).ToContainTextAsync("park-queue");
        await review.GetByText("Approve", new() { Exact = true }).ClickAsync();
        await ConfirmAsync(page, "Approve", Ada);

        await Expect(review).ToHaveCountAsync(0);
        await Button(page, "Audit all orders and the stock").ClickAsync();
        await Expect(page.Locator("section[aria-labelledby=title-audit] [role=status]")).ToContainTextAsync("orders,");
    }
}
