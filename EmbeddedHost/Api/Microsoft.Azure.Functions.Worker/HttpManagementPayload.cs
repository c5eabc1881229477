namespace Microsoft.Azure.Functions.Worker;

/// <summary>Where an orchestration can be looked at and steered over HTTP.</summary>
public class HttpManagementPayload
{
    /// <summary>The instance id.</summary>
    public string? Id { get; internal set; }

    /// <summary>DELETE purges the instance.</summary>
    public string? PurgeHistoryDeleteUri { get; internal set; }

    /// <summary>POST raises the event that takes the place of <c>{eventName}</c>.</summary>
    public string? SendEventPostUri { get; internal set; }

    /// <summary>GET answers the status.</summary>
    public string? StatusQueryGetUri { get; internal set; }

    /// <summary>POST terminates, for the reason that takes the place of <c>{text}</c>.</summary>
    public string? TerminatePostUri { get; internal set; }

    /// <summary>POST suspends, for the reason that takes the place of <c>{text}</c>.</summary>
    public string? SuspendPostUri { get; internal set; }

    /// <summary>POST resumes, for the reason that takes the place of <c>{text}</c>.</summary>
    public string? ResumePostUri { get; internal set; }

    /// <summary>POST runs a failed instance again from the step that failed.</summary>
    public string? RewindPostUri { get; internal set; }

    /// <summary>POST starts the orchestration again with the same input.</summary>
    public string? RestartPostUri { get; internal set; }
}
