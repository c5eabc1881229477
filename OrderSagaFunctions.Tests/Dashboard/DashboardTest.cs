using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>What the tests of the page's views have in common: how a person finds things on it.</summary>
public abstract class DashboardTest(Browser browser, AppProcess app) : BrowserTest(browser, app)
{
    /// <summary>The mark behind the order's title, which says how it stands.</summary>
    protected static ILocator Standing(IPage page) => page.Locator("h1 .chip");

    /// <summary>A state in the graph of the order's own saga, or of the instance that is looked at.</summary>
    protected static ILocator State(IPage page, string name) =>
        page.Locator($"section[aria-labelledby=title-graph] > .graph [role=button][data-key={name}]");

    /// <summary>A button by what is written on it.</summary>
    protected static ILocator Button(IPage page, string text) => page.Locator($"main button:text-is('{text}'), header button:text-is('{text}')");

    /// <summary>Waits until a state has the class of a status: <c>done</c>, <c>failed</c>, <c>undone</c>, and so on.</summary>
    protected static Task StandsAsync(IPage page, string state, string status) =>
        Expect(State(page, state)).ToHaveClassAsync(new Regex($"\\b{status}\\b", RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Takes an action: its button, what the dialog asks for, and the dialog's own button.</summary>
    protected static async Task ActAsync(IPage page, string action, params (string Label, string Text)[] fields)
    {
        await Button(page, action).First.ClickAsync();
        await ConfirmAsync(page, action, fields);
    }

    /// <summary>Fills an open dialog in and confirms it.</summary>
    protected static async Task ConfirmAsync(IPage page, string confirm, params (string Label, string Text)[] fields)
    {
        var dialog = page.GetByRole(AriaRole.Dialog);
        foreach (var (label, text) in fields)
        {
            await dialog.GetByLabel(label).FillAsync(text);
        }

        await dialog.GetByRole(AriaRole.Button, new() { Name = confirm, Exact = true }).ClickAsync();
    }

    /// <summary>Submits an order that waits for a review, and opens it.</summary>
    protected async Task<IPage> OpenReviewAsync(string orderId)
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Flagged(orderId));
        var page = await OpenViewAsync("orders/" + orderId);
        await Expect(Standing(page)).ToHaveTextAsync("In review");
        return page;
    }
}
