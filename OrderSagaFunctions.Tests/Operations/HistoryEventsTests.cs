using System.Text.Json;
using DurableTask.Core;
using DurableTask.Core.History;
using OrderSagaFunctions.Operations;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Events in the forms that engines give them.</summary>
public sealed class HistoryEventsTests
{
    [Fact]
    public void Show_BareTexts_AreShownAsTexts()
    {
        var shown = HistoryEvents.Show(
            [
                new EventRaisedEvent(-1, "not json") { Name = "E" },
                new ExecutionTerminatedEvent(-1, "enough"),
                new ExecutionTerminatedEvent(-1, "\"enough\""),
                new TaskCompletedEvent(-1, 0, "null"),
                new ExecutionSuspendedEvent(-1, "audit"),
            ],
            withPayloads: true);

        Assert.Equal("not json", shown[0].Input!.Value.GetString());
        Assert.Equal(["enough", "enough"], shown.Skip(1).Take(2).Select(static entry => entry.Reason));
        Assert.Null(shown[3].Output);
        Assert.Equal("audit", shown[4].Reason);
    }

    [Fact]
    public void Show_Failures_HaveAMessageAndNoTrace()
    {
        const string Trace = "   at App.Act() in Act.cs:line 7";
        var inner = new FailureDetails("System.TimeoutException", "slow", Trace, null, false);
        var shown = HistoryEvents.Show(
            [
                new TaskFailedEvent(-1, 0, "reason", Trace, new FailureDetails("App.Failed", "broken", Trace, inner, false)),
                new TaskFailedEvent(-1, 1, "reason", Trace),
                new ExecutionCompletedEvent(-1, "broken\n" + Trace, OrchestrationStatus.Failed),
                new SubOrchestrationInstanceFailedEvent(-1, 2, null, null),
            ],
            withPayloads: true);

        Assert.Equal(new HistoryError("App.Failed", "broken", new HistoryError("System.TimeoutException", "slow")), shown[0].Error);
        Assert.Equal(["reason", "broken", ""], shown.Skip(1).Select(static entry => entry.Error!.Message));
        Assert.DoesNotContain("Act.cs", JsonSerializer.Serialize(shown), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_WithoutPayloads_HasNone()
    {
        var shown = HistoryEvents.Show([new TaskScheduledEvent(0, "Act", null, "1"), new TaskCompletedEvent(-1, 0, "2")], withPayloads: false);

        Assert.Equal(["Act 0 ", "Act  0"], shown.Select(static entry => $"{entry.Name} {entry.EventId} {entry.ScheduledId}"));
        Assert.All(shown, static entry => Assert.True(entry.Input is null && entry.Output is null));
    }
}
