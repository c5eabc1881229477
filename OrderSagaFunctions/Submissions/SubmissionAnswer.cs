using Microsoft.Azure.Functions.Worker;

namespace OrderSagaFunctions.Submissions;

/// <summary>The answer to an accepted order; the links are there where the caller may have them.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">Its saga.</param>
/// <param name="StatusUrl">Where the order can be watched.</param>
public sealed record SubmissionAnswer(string OrderId, string InstanceId, string StatusUrl)
{
    /// <summary>The instance, under the name that Durable Functions' own answers give it.</summary>
    public string Id => InstanceId;

    /// <summary>Durable Functions' status of the instance.</summary>
    public string? StatusQueryGetUri { get; init; }

    /// <summary>Raises an event.</summary>
    public string? SendEventPostUri { get; init; }

    /// <summary>Ends the instance at once, without compensation.</summary>
    public string? TerminatePostUri { get; init; }

    /// <summary>Rewinds a failed instance.</summary>
    public string? RewindPostUri { get; init; }

    /// <summary>Removes the instance's history.</summary>
    public string? PurgeHistoryDeleteUri { get; init; }

    /// <summary>Starts the instance anew.</summary>
    public string? RestartPostUri { get; init; }

    /// <summary>Holds the instance.</summary>
    public string? SuspendPostUri { get; init; }

    /// <summary>Lets a held instance go on.</summary>
    public string? ResumePostUri { get; init; }

    /// <summary>Makes the answer of a submission.</summary>
    public static SubmissionAnswer Of(string orderId, string instanceId, string statusUrl, HttpManagementPayload? links) =>
        new(orderId, instanceId, statusUrl)
        {
            StatusQueryGetUri = links?.StatusQueryGetUri,
            SendEventPostUri = links?.SendEventPostUri,
            TerminatePostUri = links?.TerminatePostUri,
            RewindPostUri = links?.RewindPostUri,
            PurgeHistoryDeleteUri = links?.PurgeHistoryDeleteUri,
            RestartPostUri = links?.RestartPostUri,
            SuspendPostUri = links?.SuspendPostUri,
            ResumePostUri = links?.ResumePostUri,
        };
}
