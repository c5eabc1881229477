using System.Net;
using System.Net.Http.Json;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Apps;

public sealed class LargePayloadsTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public async Task LargePayloads_AMegabyteInOutAndThroughEvents_AreKeptWhole()
    {
        await using var host = await RunningHost.StartAsync([typeof(LargePayloads)]);
        var begun = await host.BeginAsync("api/Upload", "<" + new string('i', Megabyte));
        var raise = begun.GetProperty("SendEventPostUri").GetString()!.Replace("{eventName}", "More", StringComparison.Ordinal);

        using var raised = await host.Http.PostAsJsonAsync(new Uri(raise), "<" + new string('e', Megabyte));

        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        Assert.Equal(
            new string('i', Megabyte) + "<" + new string('e', Megabyte) + "<", (await host.EndAsync(begun)).Output().GetString());
    }
}
