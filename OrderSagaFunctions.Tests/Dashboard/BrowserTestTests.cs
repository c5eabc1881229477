using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;
using Xunit.Sdk;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>A test of a page sees what the app shows, and what goes wrong in the page.</summary>
public sealed class BrowserTestTests(Browser browser, WarmScenarioHost host) : BrowserTest(browser, host.App), IClassFixture<WarmScenarioHost>
{
    private const string Counts = "/api/orders/counts";

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light, 1280)]
    [InlineData(Screen.Phone, ColorScheme.Dark, 390)]
    public async Task Open_Counts_ShowsThemOnThatScreen(Screen screen, ColorScheme colours, int width)
    {
        var page = await OpenAsync(Counts, screen, colours);

        await Expect(page.Locator("pre")).ToContainTextAsync("{");
        Assert.Equal(width, await page.EvaluateAsync<int>("screen.width"));
        Assert.Equal(colours == ColorScheme.Dark, await page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
        await TakePictureAsync(page, $"counts-{screen}");
    }

    [Theory]
    [InlineData("console.error('as bad as it gets')", "Console: as bad as it gets")]
    [InlineData("new Promise(done => setTimeout(() => { setTimeout(done); throw new Error('thrown') }))", "Exception: Error: thrown")]
    [InlineData("{ Promise.reject(new Error('rejected')); new Promise(done => setTimeout(done)) }", "Exception: Error: rejected")]
    [InlineData("fetch('/api/not-there')", "404")]
    public async Task End_SomethingWentWrongUnseen_IsAProblem(string script, string problem)
    {
        var page = await OpenAsync(Counts);

        ExpectProblem(problem);
        _ = await page.EvaluateAsync(script);
    }

    [Fact]
    public async Task End_RequestElsewhere_IsAProblemAndNeverLeavesTheMachine()
    {
        var page = await OpenAsync(Counts);

        ExpectProblem("Elsewhere: GET https://elsewhere.example/");
        ExpectProblem("Request: GET https://elsewhere.example/: net::ERR_NAME_NOT_RESOLVED");
        ExpectProblem("Console: Failed to load resource: net::ERR_NAME_NOT_RESOLVED");
        _ = await page.EvaluateAsync("fetch('https://elsewhere.example', { mode: 'no-cors' }).catch(() => 0)");
    }

    [Fact]
    public async Task End_ScriptAgainstThePolicy_IsAProblem()
    {
        var page = await OpenAsync(Counts);

        ExpectProblem("Content Security Policy");
        await page.SetContentAsync("""<meta http-equiv="Content-Security-Policy" content="script-src 'self'"><script>document.title = 'run'</script>""");
        await Expect(page).Not.ToHaveTitleAsync("run");
    }

    [Fact]
    public async Task ShouldBeAccessible_ImageWithoutText_FailsWithRuleNodeAndReason()
    {
        var page = await OpenAsync(Counts);
        await page.SetContentAsync(Page("""<img id="chart" src="data:,">"""));

        var failure = await Assert.ThrowsAnyAsync<XunitException>(page.ShouldBeAccessibleAsync);

        Assert.Contains("image-alt (critical): ", failure.Message, StringComparison.Ordinal);
        Assert.Contains("<img id=\"chart\"", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Element does not have an alt attribute", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShouldBeAccessible_PageWithAPolicyAndNothingWrong_Passes()
    {
        var page = await OpenAsync(Counts);
        await page.SetContentAsync(Page("""<img alt="Orders by state" src="data:,">"""));

        await page.ShouldBeAccessibleAsync();
    }

    private static string Page(string body) =>
        $"""
        <!doctype html><html lang="en"><head><title>Orders</title>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; script-src 'self'"></head>
        <body><main><h1>Orders</h1>{body}</main></body></html>
        """;
}
