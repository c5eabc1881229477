using System.Globalization;
using System.Text;
using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Testing;

/// <summary>What an instance did, as it is on disk. What was scheduled and its result are one.</summary>
public sealed class InstanceHistory
{
    private readonly IReadOnlyList<HistoryRow> _rows;

    private InstanceHistory(string instanceId, IReadOnlyList<HistoryRow> rows)
    {
        InstanceId = instanceId;
        _rows = rows;
        Activities = [.. rows.Where(static row => row.EventType.StartsWith("Task", StringComparison.Ordinal)).Select(Activity)];
    }

    /// <summary>The instance.</summary>
    public string InstanceId { get; }

    /// <summary>Its activities: those that ended in the order of their results, those under way where they were asked for.</summary>
    public IReadOnlyList<ActivityExecution> Activities { get; }

    /// <summary>The external events that reached it, by name, in their order.</summary>
    public IReadOnlyList<string> Events => [.. Named("EventRaised").Select(static row => row.Name!)];

    /// <summary>When its timers fired, in UTC.</summary>
    public IReadOnlyList<DateTime> TimersFired => [.. Named("TimerFired").Select(static row => row.Timestamp)];

    /// <summary>How it ended; null while it runs.</summary>
    public OrchestrationRuntimeStatus? Outcome => _rows is [.., { OrchestrationStatus: { } status }] ? status : null;

    /// <summary>The activity completed so many times: not counted are runs that failed, or whose result was lost in a crash.</summary>
    /// <exception cref="HistoryAssertionException">It did not.</exception>
    public InstanceHistory ShouldHaveRun(string activity, int times = 1)
    {
        var found = Activities.Count(execution => Is(execution, activity) && execution.Outcome == ActivityOutcome.Completed);
        return found == times ? this : throw Failure($"the activity '{activity}' completed {times} times, found {found}");
    }

    /// <summary>The activity failed so many times.</summary>
    /// <exception cref="HistoryAssertionException">It did not.</exception>
    public InstanceHistory ShouldHaveFailed(string activity, int times = 1)
    {
        var found = Activities.Count(execution => Is(execution, activity) && execution.Outcome == ActivityOutcome.Failed);
        return found == times ? this : throw Failure($"the activity '{activity}' failed {times} times, found {found}");
    }

    /// <summary>The activity was not even asked for.</summary>
    /// <exception cref="HistoryAssertionException">It was.</exception>
    public InstanceHistory ShouldNotHaveRun(string activity) =>
        Activities.Any(execution => Is(execution, activity)) ? throw Failure($"no activity '{activity}'") : this;

    /// <summary>These activities completed in this order; others may have in between.</summary>
    /// <exception cref="HistoryAssertionException">They did not.</exception>
    public InstanceHistory ShouldHaveRunInOrder(params IReadOnlyList<string> activities)
    {
        ArgumentNullException.ThrowIfNull(activities);
        var completed = Activities.Where(static execution => execution.Outcome == ActivityOutcome.Completed).GetEnumerator();
        using (completed)
        {
            foreach (var activity in activities)
            {
                do
                {
                    if (!completed.MoveNext())
                    {
                        throw Failure($"{string.Join(", ", activities)} completed in this order, found no '{activity}' in its place");
                    }
                }
                while (!Is(completed.Current, activity));
            }
        }

        return this;
    }

    /// <summary>The instance ended so.</summary>
    /// <exception cref="HistoryAssertionException">It did not.</exception>
    public InstanceHistory ShouldHaveEnded(OrchestrationRuntimeStatus outcome) =>
        Outcome == outcome ? this : throw Failure($"the instance ended {outcome}, found {Outcome?.ToString() ?? "that it runs"}");

    /// <summary>One line an event.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            _ = text.AppendLine(CultureInfo.InvariantCulture,
                $"{row.Timestamp:HH:mm:ss.fffffff} {row.EventType} {row.FunctionName ?? row.Name} {row.FireAt:O} {row.OrchestrationStatus} {Text(row.Result)} {row.Reason}");
        }

        return text.ToString();
    }

    internal static InstanceHistory Of(string instanceId, HistoryDocument history) => new(instanceId, history.Events);

    private static ActivityExecution Activity(HistoryRow row) => new(
        row.FunctionName!,
        row.EventType switch
        {
            "TaskCompleted" => ActivityOutcome.Completed,
            "TaskFailed" => ActivityOutcome.Failed,
            _ => ActivityOutcome.Pending,
        },
        row.ScheduledTime ?? row.Timestamp,
        row.EventType == "TaskScheduled" ? null : row.Timestamp)
    {
        Input = Text(row.Input),
        Result = Text(row.Result),
        Error = row.Reason,
    };

    private static string? Text(byte[]? json) => json is null ? null : Encoding.UTF8.GetString(json);

    private static bool Is(ActivityExecution execution, string activity) => execution.Name.Equals(activity, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<HistoryRow> Named(string eventType) => _rows.Where(row => row.EventType == eventType);

    private HistoryAssertionException Failure(string expected) =>
        new($"The history of '{InstanceId}' is not as expected: {expected}.{Environment.NewLine}{this}");
}
