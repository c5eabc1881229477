using System.Net;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Apps;

public sealed class ApprovalTests
{
    private static readonly object Request = new { title = "Laptop", amount = 1200.50m, currency = "EUR" };

    [Theory]
    [InlineData("true", "Laptop: 1200.50 EUR approved")]
    [InlineData("false", "Laptop: rejected")]
    public async Task Approval_DecidedInTime_ObeysTheDecision(string approved, string expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Approval)], clock: new ManualClock());
        var begun = await host.BeginAsync("api/approvals", Request);

        using var decided = await host.Http.PostAsync(
            new Uri($"api/approvals/{begun.GetProperty("Id").GetString()}/{approved}", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.Accepted, decided.StatusCode);
        Assert.Equal(expected, (await host.EndAsync(begun)).Output().GetString());
    }

    [Fact]
    public async Task Approval_NotDecidedInTime_Escalates()
    {
        await using var host = await RunningHost.StartAsync([typeof(Approval)], clock: new ManualClock(skipsAhead: true));

        var ended = await host.RunAsync("api/approvals", Request);

        Assert.Equal("Laptop: escalated", ended.Output().GetString());
        Assert.Equal("ApprovalEvent", ended.GetProperty("customStatus").GetProperty("waitingFor").GetString());
    }
}
