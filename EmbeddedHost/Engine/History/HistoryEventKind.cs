namespace EmbeddedHost.Engine.History;

/// <summary>What a history event records. The numbers are on disk: never change or reuse one.</summary>
internal enum HistoryEventKind : byte
{
    ExecutionStarted = 1,
    TaskScheduled = 2,
    TaskCompleted = 3,
    TaskFailed = 4,
    SubOrchestrationCreated = 5,
    SubOrchestrationCompleted = 6,
    SubOrchestrationFailed = 7,
    TimerCreated = 8,
    TimerFired = 9,
    EventSent = 10,
    EventRaised = 11,
    ExecutionSuspended = 12,
    ExecutionResumed = 13,
    ExecutionTerminated = 14,
    ContinuedAsNew = 15,
    ExecutionRewound = 16,
}
