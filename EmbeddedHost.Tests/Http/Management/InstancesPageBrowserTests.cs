using System.Text.RegularExpressions;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Keys;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
using Microsoft.Playwright;
using OrderSagaFunctions.Tests.Dashboard;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The page of the instances in a browser. At the end of each test nothing may have gone wrong in it.</summary>
[Collection(BrowserDefinition.Name)]
public sealed class InstancesPageBrowserTests(Browser browser)
{
    private const string Page = "/runtime/webhooks/durabletask";

    [Fact]
    public Task List_WhileInstancesStartAndEnd_ShowsThoseThatTheFiltersMean() => LookAsync(async (host, page) =>
    {
        await host.StartWaiterAsync("order-1");
        await host.StartEndedAsync("order-2", OrchestrationRuntimeStatus.Failed);
        await page.GotoAsync(Page);
        var rows = page.Locator("tbody tr");
        await Expect(rows).ToHaveCountAsync(2);

        // It follows by itself.
        await host.StartEndedAsync("other", OrchestrationRuntimeStatus.Completed);
        await Expect(Row(page, "other")).ToContainTextAsync("Completed");
        await host.Client.RaiseEventAsync("order-1", "go", 1);
        await Expect(Row(page, "order-1")).ToContainTextAsync("Completed");

        _ = await page.GetByLabel("Status").SelectOptionAsync("Completed");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByLabel("Id begins with").FillAsync("order-");
        await page.GetByLabel("Id begins with").PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await page.GetByText("Clear").ClickAsync();
        await page.GetByLabel("Name begins with").FillAsync("FAIL");
        await page.GetByLabel("Name begins with").PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(Row(page, "order-2")).ToContainTextAsync("failing");
    });

    [Fact]
    public Task List_OfMoreThanAPage_GoesOnAtTheNext() => LookAsync(async (host, page) =>
    {
        for (var i = 0; i < 51; i++)
        {
            _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("quick", new StartOrchestrationOptions($"quick-{i:00}"));
        }

        await page.GotoAsync(Page);
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(50);
        await page.GetByText("Next page").ClickAsync();

        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(Row(page, "quick-50")).ToBeVisibleAsync();
        await page.GetByText("First page").ClickAsync();
        await Expect(Row(page, "quick-00")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Instance_EventRaisedOnThePage_IsInItsHistory() => LookAsync(async (host, page) =>
    {
        await host.StartWaiterAsync("one");
        await page.GotoAsync(Page);
        await page.GetByRole(AriaRole.Link, new() { Name = "one", Exact = true }).ClickAsync();
        await Expect(page.Locator(".timeline .what")).ToHaveTextAsync(["waiter started", "Activity double completed"]);

        await Button(page, "Raise event").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name of the event").FillAsync("go");
        await dialog.GetByLabel("Payload, as JSON").FillAsync("yes");
        await Button(dialog, "Raise event").ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("needs quotation marks");
        await dialog.GetByLabel("Payload, as JSON").FillAsync("""{"amount":7}""");
        await Button(dialog, "Raise event").ClickAsync();

        await Expect(page.Locator(".timeline .what")).ToHaveTextAsync(["waiter started", "Activity double completed", "Event go received", "Ended: Completed"]);
        await Expect(page.GetByLabel("Output")).ToContainTextAsync("\"amount\": 7");
        await Expect(Button(page, "Terminate")).ToHaveCountAsync(0);
        await Expect(Button(page, "Purge")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Actions_TerminateRestartAndPurge_AreAskedForAndDone() => LookAsync(async (host, page) =>
    {
        await host.StartWaiterAsync("one");
        await page.GotoAsync($"{Page}#/instances/one");
        var dialog = page.GetByRole(AriaRole.Dialog);

        await Button(page, "Terminate").ClickAsync();
        await Button(dialog, "Back").ClickAsync();
        await Button(page, "Terminate").ClickAsync();
        await dialog.GetByLabel("Reason").FillAsync("A wrong order.");
        await Button(dialog, "Terminate").ClickAsync();
        await Expect(page.Locator("h1 .chip")).ToHaveTextAsync("Terminated");
        await Expect(page.GetByLabel("Output")).ToContainTextAsync("A wrong order.");

        await Button(page, "Restart").ClickAsync();
        await Button(dialog, "Restart").ClickAsync();
        await Expect(page.Locator("h1 .chip")).ToHaveTextAsync("Running");
        await Expect(page).Not.ToHaveURLAsync(new Regex("/one$", RegexOptions.None, TimeSpan.FromSeconds(1)));

        await page.GotoAsync($"{Page}#/instances/one");
        await Button(page, "Purge").ClickAsync();
        await Button(dialog, "Purge").ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        Assert.Null(await host.Client.GetInstanceAsync("one"));
    });

    [Fact]
    public Task TextsOfTheApp_WithMarkup_AreShownAsTheyAre() => LookAsync(async (host, page) =>
    {
        const string Markup = "<img src=x onerror=document.title='gone'>";
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("waiter", new ManagedFunctions.Input(Markup), new StartOrchestrationOptions(Markup));
        await host.UntilItWaitsAsync(Markup);
        await host.Client.RaiseEventAsync(Markup, Markup, Markup);
        await host.Client.Entities.SignalEntityAsync(new EntityInstanceId("Notes", Markup), "Add", Markup);

        await page.GotoAsync(Page);
        await page.GetByRole(AriaRole.Link, new() { Name = Markup }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync(Markup);
        await Expect(page.GetByLabel("Output")).ToHaveTextAsync(Markup);
        await Expect(page.GetByText($"Event {Markup} received")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Entities" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToContainTextAsync(Markup);
        await page.Locator("summary").ClickAsync();
        await Expect(page.GetByLabel("State")).ToContainTextAsync(Markup);

        Assert.Equal(0, await page.Locator("img").CountAsync());
    });

    [Theory]
    [InlineData(Screen.Desktop, ColorScheme.Light)]
    [InlineData(Screen.Phone, ColorScheme.Dark)]
    public Task EachView_OnAScreen_FitsItAndIsAccessible(Screen screen, ColorScheme colours) => LookAsync(
        async (host, page) =>
        {
            await host.StartEndedAsync("failed", OrchestrationRuntimeStatus.Failed);
            await host.StartWaiterAsync(new string('x', 60));
            await host.Client.Entities.SignalEntityAsync(new EntityInstanceId("Notes", "one"), "Add", new string('y', 100));

            foreach (var (view, shown) in new[] { ("instances", "tbody tr"), ("instances/failed", ".timeline .failed"), ("entities", "tbody tr") })
            {
                await page.GotoAsync($"{Page}#/{view}");
                await Expect(page.Locator(shown).First).ToBeVisibleAsync();
                await page.ShouldBeAccessibleAsync();
                Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{view} is wider than the screen.");
            }
        },
        screen,
        colours);

    [Fact]
    public async Task Key_WhereTheHostAsksForOne_IsAskedForAgainAfterAReload()
    {
        await using var keyed = await KeyedHost.StartAsync();
        await keyed.Host.StartWaiterAsync("one");
        await LookAsync(keyed.Host, async page =>
        {
            await page.GotoAsync(Page);
            var dialog = page.GetByRole(AriaRole.Dialog);
            await dialog.GetByLabel("Key").FillAsync("wrong");
            await Button(dialog, "Use this key").ClickAsync();
            await Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("The key is not known");
            await Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
            await dialog.GetByLabel("Key").FillAsync(keyed.Secret("_system"));
            await Button(dialog, "Use this key").ClickAsync();
            await Expect(Row(page, "one")).ToBeVisibleAsync();

            await page.ReloadAsync();
            await Expect(dialog).ToBeVisibleAsync();
        }, expected: "401");
    }

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    private static ILocator Row(IPage page, string id) => page.Locator("tbody tr").Filter(new() { HasText = id });

    private static ILocator Button(IPage page, string text) => Button(page.Locator("main"), text);

    private static ILocator Button(ILocator within, string text) => within.GetByRole(AriaRole.Button, new() { Name = text, Exact = true });

    private async Task LookAsync(Func<RunningHost, IPage, Task> look, Screen screen = Screen.Desktop, ColorScheme colours = ColorScheme.Light)
    {
        await using var host = await RunningHost.StartAsync([typeof(ManagedFunctions), typeof(EntityCallTests.Functions)]);
        await LookAsync(host, page => look(host, page), screen, colours);
    }

    private async Task LookAsync(
        RunningHost host, Func<IPage, Task> look, Screen screen = Screen.Desktop, ColorScheme colours = ColorScheme.Light, string? expected = null)
    {
        var watch = new PageWatch(host.Http.BaseAddress!);
        if (expected is not null)
        {
            watch.Expect(expected);
        }

        var context = await browser.NewContextAsync(host.Http.BaseAddress!, screen, colours);
        watch.Add(context);
        try
        {
            await look(await context.NewPageAsync());
        }
        finally
        {
            await watch.EndAsync();
        }
    }
}
