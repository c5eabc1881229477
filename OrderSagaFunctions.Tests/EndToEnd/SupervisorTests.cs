using System.Net;
using System.Net.Sockets;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>A host under a supervisor: it comes back when it is killed, and never outlives the supervisor.</summary>
public sealed class SupervisorTests
{
    private const string Supervise = "--supervise";
    private const string OrderId = "4-supervised";

    [Fact]
    public async Task Crash_OrderInReview_CarriesOnInTheNextProcess()
    {
        await using var app = await AppProcess.StartAsync(options: [Supervise, "--reset", "--port", FreePort()]);
        var (address, host) = (app.Address, await app.HostIdAsync());
        _ = await app.Orders.SubmitAsync(Orders.Flagged(OrderId));
        _ = await app.Orders.UntilAsync(OrderId, static order => order.Path.Contains("Review"));

        using var crash = await app.Orders.PostAsync("/api/demo/crash");
        await app.UntilItListensAsync();
        using var approval = await app.Orders.PostAsync($"/api/orders/{OrderId}/review", """{"approved":true,"reviewer":"ada"}""");
        var order = await app.Orders.EndOfAsync(OrderId);

        Assert.Equal(HttpStatusCode.Accepted, crash.StatusCode);
        Assert.Equal(address, app.Address);
        Assert.NotEqual(host, await app.HostIdAsync());
        Assert.Contains("The host was killed (signal 9): starting it again.", app.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, approval.StatusCode);
        Assert.Equal("OrderSucceeded", order.Path[^1]);
    }

    [Fact]
    public async Task Stop_OfTheSupervisor_StopsBothInOrder()
    {
        await using var app = await AppProcess.StartAsync(options: Supervise);

        Assert.Equal(0, await app.StopAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interrupt_OfTheSupervisorAloneOrOfBoth_StopsBothInOrder(bool both)
    {
        await using var app = await AppProcess.StartAsync(options: Supervise);
        var host = await app.HostIdAsync();

        app.Interrupt();
        if (both)
        {
            // As a terminal does.
            _ = AppProcess.Signal(host, AppProcess.Sigint);
        }

        Assert.Equal(0, await app.EndOfProcessAsync());
        Assert.DoesNotContain("starting it again", app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_OfTheSupervisor_EndsTheHostToo()
    {
        await using var app = await AppProcess.StartAsync(options: Supervise);

        // Waits for both, since both have the output; the folder is free again.
        await app.KillAsync();
        await app.StartAgainAsync();

        Assert.Equal(0, await app.StopAsync());
    }

    [Fact]
    public async Task Start_ThatIsRefused_IsNotTriedAgain()
    {
        var refusal = await AppStart.RefusalAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["AzureWebJobsStorage"] = "" }, "--demo", Supervise, "--port", "0");

        Assert.Contains("Setting AzureWebJobsStorage is empty", refusal, StringComparison.Ordinal);
    }

    internal static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, port: 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString();
    }
}
