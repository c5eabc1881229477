using Microsoft.Playwright;
using OrderSagaFunctions.Tests.Deployment;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>
/// A test that looks at an app's pages. At its end nothing may have gone wrong in them, unless the test said that it would.
/// </summary>
[Collection(BrowserDefinition.Name)]
public abstract class BrowserTest(Browser browser, AppProcess app) : IAsyncLifetime
{
    // A folder, from the repository's root. Unset, no picture is taken.
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ORDER_SAGA_SCREENSHOTS");

    private readonly PageWatch _watch = new(app.Address);

    /// <summary>The app, for its API.</summary>
    protected AppProcess App => app;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _watch.EndAsync();

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    protected static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    /// <summary>Opens an address of the app in a context of its own.</summary>
    protected async Task<IPage> OpenAsync(string path, Screen screen = Screen.Desktop, ColorScheme colours = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(app.Address, screen, colours);
        _watch.Add(context);
        var page = await context.NewPageAsync();
        _ = await page.GotoAsync(path);
        return page;
    }

    /// <summary>Opens a view of the dashboard, such as <c>orders</c>, and waits until its first data is drawn.</summary>
    protected async Task<IPage> OpenViewAsync(string view, Screen screen = Screen.Desktop, ColorScheme colours = ColorScheme.Light)
    {
        var page = await OpenAsync("/api/dashboard#/" + view, screen, colours);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-ready", "true");
        return page;
    }

    /// <summary>Says that problems with this text in them are part of the test: they have to occur, and are not held against it.</summary>
    protected void ExpectProblem(string text) => _watch.Expect(text);

    /// <summary>Says that problems with this text in them may occur.</summary>
    protected void AllowProblem(string text) => _watch.Allow(text);

    /// <summary>Writes what the page shows to NAME.png in the folder that <c>ORDER_SAGA_SCREENSHOTS</c> names, if it names one.</summary>
    protected static async Task TakePictureAsync(IPage page, string name)
    {
        if (!string.IsNullOrEmpty(Pictures))
        {
            _ = await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Repository.PathOf(Pictures, name + ".png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }
}
