using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>What an order's sagas tell of themselves, as entries of its timeline.</summary>
internal static class SagaTimeline
{
    /// <summary>The entries of every saga that the order has had, those of each saga and of each child in their order.</summary>
    public static async Task<IEnumerable<IEnumerable<TimelineEntry>>> ReadAsync(DurableTaskClient client, OrderRuns runs, CancellationToken cancellation)
    {
        var sequences = new List<IEnumerable<TimelineEntry>>
        {
            new[] { new TimelineEntry(runs.Order.AcceptedAt, TimelineKind.Accepted, runs.FirstInstanceId) },
        };
        foreach (var report in runs.Reports)
        {
            var end = new TimelineEntry(report.EndedAt, TimelineKind.Ended, report.Report.Path[^1]) { Outcome = report.Report.Outcome?.ToString() };
            sequences.AddRange(Show(report.Report, end));
        }

        foreach (var instanceId in WithoutReport(runs))
        {
            // One that has been purged tells nothing any more; what it did is in the other tables.
            var story = OrderStory.ReadCustomStatus(await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation));
            sequences.AddRange(story is null ? [] : Show(story));
        }

        return sequences;
    }

    // The last saga of a generation is the one that has written its report, where there is one.
    private static IEnumerable<string> WithoutReport(OrderRuns runs)
    {
        (string InstanceId, int Generation)[] all =
            [(runs.FirstInstanceId, 1), .. runs.Recoveries.Select(recovery => (recovery.Recovery.InstanceId, recovery.Recovery.Generation))];
        return all.Where((run, index) => all.Skip(index + 1).Any(later => later.Generation == run.Generation)
            || runs.Reports.All(report => report.Generation != run.Generation)).Select(run => run.InstanceId);
    }

    private static IEnumerable<IEnumerable<TimelineEntry>> Show(SagaReport story, params TimelineEntry[] end) =>
    [
        story.Steps.Select(step => Show(step, location: null)).Concat(end),
        .. (story.Children ?? []).Select(child => child.Steps.Select(step => Show(step, child.Scope))),
    ];

    private static TimelineEntry Show(StepReport step, string? location) => new(step.StartedAt, TimelineKind.Step, step.Name)
    {
        Location = location,
        EndedAt = step.EndedAt,
        Outcome = step.Outcome.ToString(),
        Attempts = step.Attempts,
        Detail = step.Error,
    };
}
