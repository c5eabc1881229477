using System.Globalization;
using Microsoft.Playwright;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>The list of orders, the form, and the page as a whole.</summary>
public sealed class ListViewTests(Browser browser, WarmScenarioHost host) : DashboardTest(browser, host.App), IClassFixture<WarmScenarioHost>
{
    [Fact]
    public async Task List_WhileOrdersComeAndEnd_ShowsThemWithoutAReload()
    {
        var page = await OpenViewAsync("orders?prefix=8-live");
        await Expect(page.GetByText("No order meets these filters.")).ToBeVisibleAsync();

        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Flagged("8-live"));
        var row = page.Locator("tbody tr");

        await Expect(row).ToContainTextAsync("flagged");
        await Expect(row.Locator(".chip")).ToHaveTextAsync("In review");
        using var approval = await App.Orders.PostAsync("/api/orders/8-live/review", """{"approved":true,"reviewer":"ada"}""");
        await Expect(row.Locator(".chip")).ToHaveTextAsync("Succeeded");
    }

    [Fact]
    public async Task Counts_OfTheList_AreTakenAsTheyWereLastCounted()
    {
        var page = await OpenAsync("/api/openapi.json");
        var asked = page.WaitForRequestAsync("**/api/orders/counts");
        _ = await page.GotoAsync("/api/dashboard#/orders");

        var headers = await (await asked).AllHeadersAsync();

        Assert.Equal("max-age=0", headers["cache-control"]);
    }

    [Fact]
    public async Task Filters_LiveInTheAddress()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("3-filtered"));
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("4-filtered"));
        _ = await App.Orders.EndOfAsync("3-filtered");
        _ = await App.Orders.EndOfAsync("4-filtered");
        var page = await OpenViewAsync("orders");

        await page.Locator(".chips").GetByText("Failed").ClickAsync();
        await Expect(page).ToHaveURLAsync(App.Address + "api/dashboard#/orders?outcome=Failed");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "4-filtered" })).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "3-filtered" })).ToBeVisibleAsync();

        await page.GetByLabel("Order id begins with").FillAsync("4-filt");
        await page.GetByLabel("Order id begins with").PressAsync("Enter");
        await Expect(page.GetByText("No order meets these filters.")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "3-filtered" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Form_WithAWrongField_NamesItAndPlacesTheOrderOnceItIsRight()
    {
        ExpectProblem("400");
        var page = await OpenViewAsync("place");
        await page.GetByLabel("Order id").FillAsync("4-form");
        await page.GetByLabel("Quantity").FillAsync("none");
        await Button(page, "Place the order").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("items[0].qty: expected a whole number");

        await page.GetByLabel("Quantity").FillAsync("2");
        await Button(page, "Add a line").ClickAsync();
        await page.GetByLabel("Item").Nth(1).FillAsync("sku-200");
        await Button(page, "Place the order").ClickAsync();

        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
        await Expect(page.Locator("section[aria-labelledby=title-items] tbody tr")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Polls_OfWhatHasNotChanged_AreAnsweredWithNothingAndOnceASecond()
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Plain("4-polled"));
        _ = await App.Orders.EndOfAsync("4-polled");
        var page = await OpenViewAsync("orders?prefix=4-polled");
        var answers = new List<(int Status, DateTime At)>();
        var isEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.Response += (_, answer) =>
        {
            if (answer.Url.Contains("prefix=4-polled", StringComparison.Ordinal))
            {
                answers.Add((answer.Status, DateTime.UtcNow));
                if (answers.Count == 4)
                {
                    isEnough.SetResult();
                }
            }
        };

        await isEnough.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.All(answers.Skip(1), static answer => Assert.Equal(304, answer.Status));
        Assert.True(answers[^1].At - answers[0].At > TimeSpan.FromSeconds(2.5), string.Create(CultureInfo.InvariantCulture, $"4 answers in {answers[^1].At - answers[0].At}."));
    }

    [Fact]
    public async Task Polls_WhileThePageIsHidden_AreThirtySecondsApartAndComeAtOnceWhenItIsShown()
    {
        const string Poll = "/api/orders?prefix=4-hidden";
        var page = await OpenViewAsync("orders?prefix=4-hidden");
        await page.Clock.InstallAsync();
        _ = await page.EvaluateAsync("""
            () => {
              const fetched = window.fetch;
              window.polls = [];
              window.fetch = (...request) => {
                if (String(request[0]).includes('prefix=4-hidden')) window.polls.push(Date.now());
                return fetched(...request);
              };
            }
            """);
        await HideAsync(true);
        var polls = await PollsAsync();

        // The first was due before the page was hidden.
        while (polls.Length < 3)
        {
            await page.Clock.RunForAsync(1000);
            polls = await PollsAsync();
        }

        Assert.InRange(polls[^1] - polls[^2], 29_000, 40_000);
        await page.RunAndWaitForResponseAsync(() => HideAsync(false), answer => answer.Url.Contains(Poll, StringComparison.Ordinal), new() { Timeout = 20_000 });

        Task<double[]> PollsAsync() => page.EvaluateAsync<double[]>("window.polls");

        Task HideAsync(bool isHidden) => page.EvaluateAsync(
            "hidden => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden }); document.dispatchEvent(new Event('visibilitychange')); }",
            isHidden);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("queues")]
    [InlineData("place")]
    public async Task View_InBothColoursAndOnAPhone_IsAccessibleAndNothingIsCut(string view)
    {
        _ = await App.Orders.SubmitAsync(EndToEnd.Orders.Flagged("8-axe-" + view));
        await LooksRightAsync(view);
    }

    [Theory]
    [InlineData("33")]
    [InlineData("5-two")]
    [InlineData("8-review")]
    public async Task Order_InBothColoursAndOnAPhone_IsAccessibleAndNothingIsCut(string kind)
    {
        var orderId = kind + "-axe";
        _ = await App.Orders.SubmitAsync(kind switch
        {
            "5-two" => EndToEnd.Orders.Json(orderId, ("sku-100", 1, 49.90m), ("sku-400", 1, 399m)),
            "8-review" => EndToEnd.Orders.Flagged(orderId),
            _ => EndToEnd.Orders.Plain(orderId),
        });
        _ = await App.Orders.UntilAsync(orderId, order => order.HasEnded || order.Path is [.., "Review"]);
        await LooksRightAsync("orders/" + orderId);
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesAndDoesEverything()
    {
        var page = await OpenReviewAsync("8-keys");

        await TabToAsync(page, "Skip to the content");
        await TabToAsync(page, "Orders");
        await TabToAsync(page, "Approve 8-keys");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await TabToAsync(page, "Your name");
        await page.Keyboard.TypeAsync("ada");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");

        await TabToAsync(page, "ProcessPayment");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator(".selection")).ToContainTextAsync("ProcessPayment: done");
        await TabToAsync(page, "Show inputs and outputs");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".history pre").First).ToBeAttachedAsync();
    }

    [Fact]
    public async Task FirstView_OfItsData_IsDrawnWithin200Milliseconds()
    {
        var page = await OpenViewAsync("orders");

        var took = await page.EvaluateAsync<double>("performance.getEntriesByName('first drawing')[0].duration");

        Assert.InRange(took, 0.01, 200);
    }

    // Colours do not depend on the width: two of the four pairs have all of either.
    private async Task LooksRightAsync(string view)
    {
        foreach (var (screen, colours) in new[] { (Screen.Desktop, ColorScheme.Light), (Screen.Phone, ColorScheme.Dark) })
        {
            var page = await OpenViewAsync(view, screen, colours);
            await page.ShouldBeAccessibleAsync();
            var (wide, width) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("innerWidth"));
            Assert.True(wide <= width, $"The page is {wide} pixels wide on a screen of {width}.");
        }
    }

    /// <summary>Presses Tab until what has this name, or these words in it, has the focus.</summary>
    private static async Task TabToAsync(IPage page, string name)
    {
        const string Focused = """
            () => { const e = document.activeElement;
              return (e.matches('.state') ? e.dataset.key : null) ?? e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; }
            """;
        for (var presses = 0; presses < 200; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>(Focused) == name)
            {
                return;
            }
        }

        Assert.Fail($"The Tab key does not lead to '{name}'.");
    }
}
