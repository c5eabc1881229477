using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>The demo's button that kills the host.</summary>
public sealed class CrashViewTests(Browser browser, CrashViewTests.SupervisedHost host) : DashboardTest(browser, host.App), IClassFixture<CrashViewTests.SupervisedHost>
{
    [Fact]
    public async Task Crash_WhileAnOrderWaits_ComesBackAndTheOrderCarriesOn()
    {
        // Of what is under way when the host dies, and of what is asked while it is away: it may be back before anything is.
        AllowProblem("net::ERR_");
        var page = await OpenReviewAsync("8-crash");

        await Button(page, "Crash the host").ClickAsync();
        await ConfirmAsync(page, "Crash it");
        await Expect(page.Locator("#notice")).ToContainTextAsync("The host answers again");

        await ActAsync(page, "Approve", ("Your name", "ada"));
        await Expect(Standing(page)).ToHaveTextAsync("Succeeded");
    }

    /// <summary>The demo as the README starts it.</summary>
    public sealed class SupervisedHost : IAsyncLifetime
    {
        private AppProcess? _app;

        public AppProcess App => _app!;

        public async Task InitializeAsync() => _app = await AppProcess.StartAsync(options: ["--supervise", "--port", SupervisorTests.FreePort()]);

        public async Task DisposeAsync() => await App.DisposeAsync();
    }
}
