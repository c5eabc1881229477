namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration that was awaited has failed, its retries included.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure known by its details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : this(taskName, taskId, failureDetails, innerException: null)
    {
    }

    /// <summary>A failure known by its exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : this(taskName, taskId, TaskFailureDetails.FromException(innerException), innerException)
    {
    }

    private TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails, Exception? innerException)
        : base($"Task '{taskName}' (#{taskId}) failed: {MessageOf(failureDetails)}", innerException)
    {
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the activity or orchestrator that failed.</summary>
    public string TaskName { get; }

    /// <summary>The call's number within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>Why it failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>Whether the failure is an exception of the given type or of one derived from it.</summary>
    public bool IsCausedByException<T>()
        where T : Exception
        => FailureDetails.IsCausedBy<T>();

    // The SDK's engine has none of a terminated sub-orchestration; a test of code for it makes a failure without any.
    private static string? MessageOf(TaskFailureDetails? details) => details?.ErrorMessage;
}
