namespace Microsoft.DurableTask.Client;

/// <summary>Start options in terms of the client's statuses.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>The statuses that a start can be refused for: those an instance can be seen in.</summary>
    public static readonly IReadOnlyList<OrchestrationRuntimeStatus> ValidDedupeStatuses = Array.AsReadOnly(
        Array.FindAll(
            Enum.GetValues<OrchestrationRuntimeStatus>(),
            static status => status != OrchestrationRuntimeStatus.ContinuedAsNew));

    /// <summary>The options, with the statuses of an existing instance in which a start is refused.</summary>
    public static StartOrchestrationOptions WithDedupeStatuses(
        this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(dedupeStatuses);
        return options with { DedupeStatuses = Array.ConvertAll(dedupeStatuses, static status => status.ToString()) };
    }
}
