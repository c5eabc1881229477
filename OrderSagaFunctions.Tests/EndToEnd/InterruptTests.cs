namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>Ctrl-C in a terminal, which reaches every process in it.</summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task Interrupt_OfTheEmbeddedHost_EndsIt()
    {
        await using var app = await AppProcess.StartAsync();

        app.Interrupt();

        Assert.Equal(0, await app.EndOfProcessAsync());
    }

    [Fact]
    public async Task Interrupt_OfAWorker_IsLeftToItsHost_WhichEndsIt()
    {
        // A Functions host tells its worker where it is; here the embedded host does the work all the same.
        await using var app = await AppProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Functions__Worker__HostEndpoint"] = "http://127.0.0.1:1",
        });

        app.Interrupt();

        _ = await app.Orders.SubmitAsync(Orders.Plain("after"));
        Assert.Equal("OrderSucceeded", (await app.Orders.EndOfAsync("after")).Path[^1]);
        Assert.Equal(0, await app.StopAsync());
    }
}
