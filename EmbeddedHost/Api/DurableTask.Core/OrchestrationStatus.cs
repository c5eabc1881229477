namespace DurableTask.Core;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationStatus
{
    /// <summary>It runs.</summary>
    Running = 0,

    /// <summary>It returned.</summary>
    Completed = 1,

    /// <summary>It goes on as a new execution.</summary>
    ContinuedAsNew = 2,

    /// <summary>It failed.</summary>
    Failed = 3,

    /// <summary>It was cancelled.</summary>
    Canceled = 4,

    /// <summary>It was ended from outside.</summary>
    Terminated = 5,

    /// <summary>It has not begun.</summary>
    Pending = 6,

    /// <summary>It is held back.</summary>
    Suspended = 7,
}
