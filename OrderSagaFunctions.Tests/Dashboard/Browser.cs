using Microsoft.Playwright;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>A headless Chromium in a process of its own: one for all tests of the page.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>How long a page may take to become what a test expects, in milliseconds.</summary>
    internal const float Patience = 30_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        // A container's shared memory is small.
        "--disable-dev-shm-usage",
        // Whatever a page asks for, nothing leaves the machine.
        "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        var path = await Chromium.PathAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = Arguments,
            Timeout = 2 * Patience,
        });
    }

    public async Task DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>A context of its own: no cookie, cache or storage is shared with another test.</summary>
    internal async Task<IBrowserContext> NewContextAsync(Uri app, Screen screen, ColorScheme colours)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = app.AbsoluteUri,
            ViewportSize = screen.Size(),
            IsMobile = screen == Screen.Phone,
            HasTouch = screen == Screen.Phone,
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(Patience);
        return context;
    }
}

/// <summary>The tests of the page take turns, so that one browser at a time runs beside the other tests.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserDefinition : ICollectionFixture<Browser>
{
    public const string Name = "Browser";
}

/// <summary>What a page is looked at on.</summary>
public enum Screen
{
    /// <summary>1280×800.</summary>
    Desktop,

    /// <summary>390×844, with touch.</summary>
    Phone,
}

/// <summary>The sizes of screens.</summary>
internal static class Screens
{
    public static ViewportSize Size(this Screen screen) => screen switch
    {
        Screen.Desktop => new ViewportSize { Width = 1280, Height = 800 },
        Screen.Phone => new ViewportSize { Width = 390, Height = 844 },
        _ => throw new ArgumentOutOfRangeException(nameof(screen), screen, "Not a screen."),
    };
}
