namespace Microsoft.DurableTask.Client;

/// <summary>Where an instance stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has started and has not ended.</summary>
    Running = 0,

    /// <summary>It has returned.</summary>
    Completed = 1,

    /// <summary>It is starting anew; a passing state that a query does not see.</summary>
    ContinuedAsNew = 2,

    /// <summary>It has thrown.</summary>
    Failed = 3,

    /// <summary>It was cancelled; kept for other back ends.</summary>
    Canceled = 4,

    /// <summary>It was ended from outside.</summary>
    Terminated = 5,

    /// <summary>It is accepted and has not started.</summary>
    Pending = 6,

    /// <summary>It is held back until it is resumed.</summary>
    Suspended = 7,
}
