using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>The pictures in the README and the docs: <c>build/screenshots.sh</c> takes them anew. Else only their views are opened.</summary>
public sealed class DocumentationPictures(Browser browser, WarmScenarioHost host) : BrowserTest(browser, host.App), IClassFixture<WarmScenarioHost>
{
    private static readonly string[] Scenarios = ["1", "11", "2", "22", "3", "33", "4"];

    [Fact]
    public async Task Views_OfTheDocs_ArePictured()
    {
        var orders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var scenario in Scenarios)
        {
            orders[scenario] = await EndAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Scenarios", $"order-{scenario}.json")));
        }

        // The demo's stock of sku-400 is at another location.
        orders["two-locations"] = await EndAsync(EndToEnd.Orders.Json("5-two-locations", ("sku-100", 1, 49.90m), ("sku-400", 2, 8.50m)));

        await PictureAsync("orders", "orders", async page => await Expect(page.Locator(".count b").First).ToHaveTextAsync("8"));
        await PictureAsync("orders/" + orders["3"], "order-3");
        await PictureAsync("orders/" + orders["33"], "order-33");
        await PictureAsync("orders/" + orders["two-locations"], "order-two-locations", static page => page.SetViewportSizeAsync(1280, 980));
    }

    private async Task<string> EndAsync(string order)
    {
        var orderId = (await App.Orders.SubmitAsync(order)).GetProperty("orderId").GetString()!;
        _ = await App.Orders.EndOfAsync(orderId);
        return orderId;
    }

    private async Task PictureAsync(string view, string name, Func<IPage, Task>? prepare = null)
    {
        var page = await OpenViewAsync(view);
        await (prepare?.Invoke(page) ?? Task.CompletedTask);
        await TakePictureAsync(page, name);
    }
}
