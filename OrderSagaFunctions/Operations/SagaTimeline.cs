using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using Sagas;

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

        foreach (var run in runs.All.Where(run => runs.ReportOf(run) is null))
        {
            // One that has been purged tells nothing any more; what it did is in the other tables.
            var story = SagaReport.Of(await client.GetInstanceAsync(run.InstanceId, getInputsAndOutputs: true, cancellation));
            sequences.AddRange(story is null ? [] : Show(story));
        }

        return sequences;
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
