using System.Net;
using EmbeddedHost.Testing;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Sagas.Decisions;
using Sagas.Tests.Guide;
using Trips;

namespace Sagas.Tests.Runs;

/// <summary>Pivots that do not do what they are for: nothing that a saga tells of them may be untrue.</summary>
public sealed class PivotTests
{
    private static readonly RetrySettings Once = new(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    private static readonly Trip Trip = new("paris-1", "SG 1", "Grand", PriceMinor: 90_000, LimitMinor: 100_000);

    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.ActThenFail)]
    public async Task Pivot_FailsForGood_IsLeftAsAnIncidentWhoseRetryRunsIt(FaultKind kind)
    {
        var fault = new Fault("ConfirmTrip", kind) { InstanceId = Trip.Saga.Key };
        await using var host = await DurableTestHost.StartAsync(TripApp.Options with { Faults = [fault] });

        var end = await host.BookAsync(Trip);

        Assert.Equal(("Completed", "ConfirmTrip-1"), (end.RuntimeStatus, end.Incidents));
        Assert.True((await host.StatusOfAsync(Trip)).Story!.CompensationIncomplete);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("/api/incidents/trip.paris-1/ConfirmTrip-1/retry"));
        await host.RunUntilIdleAsync();
        Assert.Equal(IncidentStatus.Closed, Assert.Single((await host.StatusOfAsync(Trip)).Story!.Incidents).Status);
        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync("/api/trips/paris-1/cancel"));
    }

    [Fact]
    public async Task Pivot_RefusesBehindItsGate_IsNotToldAsUndone()
    {
        await using var host = await StartAsync();

        var story = await RunAsync(host, Route("refuses"));

        Assert.Equal("+a", string.Join(' ', host.Services.GetRequiredService<RouteLog>().Done));
        Assert.Equal(("RouteBooked", SagaOutcome.Succeeded), (story.Path[^1], story.Outcome));
        Assert.Equal(StepOutcome.Refused, story.Steps[^1].Outcome);
    }

    [Fact]
    public async Task Pivot_ForgetsItsGate_CancelThatWasGrantedComesTrue()
    {
        await using var host = await StartAsync();
        var route = Route("forgets");
        Assert.True(await host.Services.GetRequiredService<CancelGate>().TryCancelAsync(new SagaId(RouteSaga.KeyOf(route)), new OperatorNote("", ""), default));

        var story = await RunAsync(host, route);

        Assert.Equal("+a confirmed -a", string.Join(' ', host.Services.GetRequiredService<RouteLog>().Done));
        Assert.Equal(SagaOutcome.Cancelled, story.Outcome);
    }

    [Fact]
    public async Task Pivot_ForgetsItsGate_IsPassedAllTheSame()
    {
        await using var host = await StartAsync();
        var route = Route("forgets");

        Assert.Equal(SagaOutcome.Succeeded, (await RunAsync(host, route)).Outcome);

        Assert.True(await host.Services.GetRequiredService<CancelGate>().IsPassedAsync(new SagaId(RouteSaga.KeyOf(route)), default));
    }

    private static Route Route(string id) => new(id, new SagaSettings(
        CompensationPolicy.Continue, TimeSpan.FromHours(1), ExhaustedPolicy.Compensate, TimeSpan.FromHours(1), Once, Once, Overrides: null)) { Legs = ["a"], IsPaid = true, IsTicketLeftOut = true };

    private static Task<DurableTestHost> StartAsync() => DurableTestHost.StartAsync(new DurableTestHostOptions { App = typeof(RouteSaga).Assembly });

    private static async Task<SagaReport> RunAsync(DurableTestHost host, Route route)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RouteSaga), route, new StartOrchestrationOptions(RouteSaga.KeyOf(route)));
        _ = await host.WaitForCompletionAsync(RouteSaga.KeyOf(route));
        return host.Services.GetRequiredService<RouteLog>().Report!;
    }
}
