namespace DurableTask.Core.History;

/// <summary>What a history event records.</summary>
public enum EventType
{
    /// <summary>The orchestration began.</summary>
    ExecutionStarted = 0,

    /// <summary>The orchestration ended.</summary>
    ExecutionCompleted = 1,

    /// <summary>The orchestration failed.</summary>
    ExecutionFailed = 2,

    /// <summary>The orchestration was ended from outside.</summary>
    ExecutionTerminated = 3,

    /// <summary>An activity was asked for.</summary>
    TaskScheduled = 4,

    /// <summary>An activity returned.</summary>
    TaskCompleted = 5,

    /// <summary>An activity failed.</summary>
    TaskFailed = 6,

    /// <summary>A sub-orchestration was asked for.</summary>
    SubOrchestrationInstanceCreated = 7,

    /// <summary>A sub-orchestration returned.</summary>
    SubOrchestrationInstanceCompleted = 8,

    /// <summary>A sub-orchestration failed.</summary>
    SubOrchestrationInstanceFailed = 9,

    /// <summary>A timer was asked for.</summary>
    TimerCreated = 10,

    /// <summary>A timer fired.</summary>
    TimerFired = 11,

    /// <summary>A turn began.</summary>
    OrchestratorStarted = 12,

    /// <summary>A turn ended.</summary>
    OrchestratorCompleted = 13,

    /// <summary>An event was sent to another instance.</summary>
    EventSent = 14,

    /// <summary>An event came.</summary>
    EventRaised = 15,

    /// <summary>The orchestration went on as a new execution.</summary>
    ContinueAsNew = 16,

    /// <summary>An event of no other kind.</summary>
    GenericEvent = 17,

    /// <summary>The state of the instance.</summary>
    HistoryState = 18,

    /// <summary>The instance was held back.</summary>
    ExecutionSuspended = 19,

    /// <summary>The instance was let go on.</summary>
    ExecutionResumed = 20,

    /// <summary>The failed instance was let go on from what failed.</summary>
    ExecutionRewound = 21,
}
