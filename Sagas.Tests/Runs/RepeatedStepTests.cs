using System.Net;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Sagas.Tests.Runs;

/// <summary>A step that is done more than once, and a saga that fans out more than once.</summary>
public sealed class RepeatedStepTests
{
    private static readonly RetrySettings Once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    private static readonly SagaSettings Settings = new(
        CompensationPolicy.Continue, TimeSpan.FromHours(1), ExhaustedPolicy.Compensate, TimeSpan.FromHours(1), Once, Once, Overrides: null);

    private static readonly Route Route = new("r1", Settings);

    [Theory]
    [InlineData("a b c", "+a +b +c -c -b -a")]
    [InlineData("a a b", "+a +a +b -b -a")]
    public async Task Step_DoneForEachInput_IsUndoneForEachInReverse(string legs, string done)
    {
        await using var host = await StartAsync();

        _ = await RunAsync(host, Route with { Legs = legs.Split(' ') });

        Assert.Equal(done, Done(host));
    }

    [Fact]
    public async Task Step_DoneForEachInputByARunThatWasStopped_IsUndoneOnceForEach()
    {
        await using var host = await StartAsync();

        _ = await RunAsync(host, Route with { Legs = ["a", "b"], IsResumed = true });

        Assert.Equal("+a +b -b -a", Done(host));
    }

    [Fact]
    public async Task Compensations_OfOneNameThatFail_LeaveAnIncidentEachWhoseRetryDoesItsOwn()
    {
        await using var host = await StartAsync(new Fault(nameof(RouteFunctions.CancelLeg), FaultKind.Throw) { InstanceId = RouteSaga.KeyOf(Route) });

        var report = await RunAsync(host, Route with { Legs = ["a", "b"] });
        Assert.Equal(["CancelLeg-1_2", "CancelLeg-1"], report.Incidents.Select(static incident => incident.Id));
        await DecideAsync(host, "CancelLeg-1_2/retry");

        Assert.Equal("+a +b -b", Done(host));
        await DecideAsync(host, "CancelLeg-1/retry");
        Assert.Equal("+a +b -b -a", Done(host));
    }

    [Fact]
    public async Task Compensations_OfOneNameThatWait_EachTakesTheWordOnItsOwnIncident()
    {
        await using var host = await StartAsync(new Fault(nameof(RouteFunctions.CancelLeg), FaultKind.Throw) { InstanceId = RouteSaga.KeyOf(Route) });
        var route = Route with { Legs = ["a", "b"], Settings = Settings with { OnCompensationFailure = CompensationPolicy.Park } };
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));
        await host.RunUntilIdleAsync();

        await DecideAsync(host, "CancelLeg-1_2/close");
        await DecideAsync(host, "CancelLeg-1/close");

        var report = await EndAsync(host, route);
        Assert.Empty(report.Incidents);
        Assert.Equal("BookLeg Pay CancelLeg TellDesk CancelLeg TellDesk RouteFailed", string.Join(' ', report.Path));
    }

    [Fact]
    public async Task StepAfterThePivot_ThatFailsForTwoInputs_LeavesAnIncidentForEach()
    {
        await using var host = await StartAsync(new Fault(nameof(RouteFunctions.SendTicket), FaultKind.Throw) { InstanceId = RouteSaga.KeyOf(Route) });

        var report = await RunAsync(host, Route with { Legs = ["a", "b"], IsPaid = true });

        Assert.Equal(["SendTicket-1", "SendTicket-1_2"], report.Incidents.Select(static incident => incident.Id));
        await DecideAsync(host, "SendTicket-1_2/retry");
        Assert.Equal("+a +b sent b", Done(host));
    }

    [Fact]
    public async Task FanOuts_Two_AreUndoneEachWithItsOwnChildren()
    {
        await using var host = await StartAsync();

        var report = await RunAsync(host, Route with { Rooms = ["room1", "room2"], Tables = ["table"] });

        Assert.Equal("BookRooms BookTables Pay CancelTables CancelRooms RouteFailed", string.Join(' ', report.Path));
        var done = Done(host).Split(' ');
        Assert.Equal(["+room1", "+room2", "+table", "-room1", "-room2", "-table"], done.Order(StringComparer.Ordinal));
        Assert.Equal("-table", done[3]);
    }

    [Fact]
    public async Task FanOut_ToAScopeThatTheSagaHasAlready_FailsAndNamesIt()
    {
        await using var host = await StartAsync();
        var route = Route with { Rooms = ["inn"], Tables = ["inn"] };
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));

        var end = await host.WaitForCompletionAsync(RouteSaga.KeyOf(route));

        Assert.Contains("BookTables fans out to a child at 'inn', which the saga has already", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    private static Task<DurableTestHost> StartAsync(params Fault[] faults) => DurableTestHost.StartAsync(new DurableTestHostOptions
    {
        App = typeof(RouteSaga).Assembly,
        Faults = faults,
    });

    private static async Task<SagaReport> RunAsync(DurableTestHost host, Route route)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));
        return await EndAsync(host, route);
    }

    private static async Task<SagaReport> EndAsync(DurableTestHost host, Route route)
    {
        _ = await host.WaitForCompletionAsync(RouteSaga.KeyOf(route));
        return host.Services.GetRequiredService<RouteLog>().Report!;
    }

    private static string Done(DurableTestHost host) => string.Join(' ', host.Services.GetRequiredService<RouteLog>().Done);

    private static async Task DecideAsync(DurableTestHost host, string decision)
    {
        using var body = new StringContent("""{"by":"ada","reason":"by telephone"}""", System.Text.Encoding.UTF8, "application/json");
        using var answer = await host.HttpClient.PostAsync(new Uri($"/api/incidents/{RouteSaga.KeyOf(Route)}/{decision}", UriKind.Relative), body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{decision}: {answer.StatusCode}");
        await host.RunUntilIdleAsync();
    }
}
