using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>The page where the API asks for keys.</summary>
public sealed class KeyViewTests(Browser browser, KeyTests.KeyedApp keyed) : DashboardTest(browser, keyed.App), IClassFixture<KeyTests.KeyedApp>
{
    [Fact]
    public async Task Key_OfAnOperator_IsAskedForOnceAndOpensEverything()
    {
        ExpectProblem("401");
        var page = await OpenAsync("/api/dashboard");
        await ConfirmAsync(page, "Use this key", ("Key (master, host or function key)", "wrong"));
        await Expect(page.GetByText("That key opens nothing here.")).ToBeVisibleAsync();
        await ConfirmAsync(page, "Use this key", ("Key (master, host or function key)", keyed.Keys["_master"]));

        await Expect(page.Locator("h1")).ToHaveTextAsync("Orders");
        await Expect(Button(page, "Key: operator")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync("Orders");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Key_OfASubmitter_ShowsWhatItMayDoAndWhatNot()
    {
        ExpectProblem("401");
        var page = await OpenAsync("/api/dashboard");
        await ConfirmAsync(page, "Use this key", ("Key (master, host or function key)", keyed.Keys["_host"]));

        await Expect(Button(page, "Key: submitter")).ToBeVisibleAsync();
        await page.GetByLabel("Order id").FillAsync("4-submitter");
        await Button(page, "Place the order").ClickAsync();
        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
        await Expect(page.Locator("section[aria-labelledby=title-history]")).ToHaveCountAsync(0);
        await Expect(Button(page, "Recover")).ToHaveAttributeAsync("title", "Not possible: needs the master key");
    }
}
