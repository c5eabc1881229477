namespace EmbeddedHost.Http.Management;

/// <summary>The addresses under which an instance is managed: those that the extension names in its own answers.</summary>
internal sealed record ManagementLinks
{
    /// <summary>Where the management API lives on its host.</summary>
    public const string BasePath = "/runtime/webhooks/durabletask";

    public required string Id { get; init; }

    public required string StatusQueryGetUri { get; init; }

    public required string SendEventPostUri { get; init; }

    public required string TerminatePostUri { get; init; }

    public required string PurgeHistoryDeleteUri { get; init; }

    public required string RestartPostUri { get; init; }

    public required string SuspendPostUri { get; init; }

    public required string ResumePostUri { get; init; }

    /// <summary>The addresses of an instance on an origin (<c>http://localhost:7071</c>), with the key that opens them where the caller has one.</summary>
    public static ManagementLinks Of(string origin, string instanceId, string? key)
    {
        var instance = $"{origin}{BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
        return new ManagementLinks
        {
            Id = instanceId,
            StatusQueryGetUri = At(""),
            SendEventPostUri = At("/raiseEvent/{eventName}"),
            TerminatePostUri = At("/terminate?reason={text}"),
            PurgeHistoryDeleteUri = At(""),
            RestartPostUri = At("/restart"),
            SuspendPostUri = At("/suspend?reason={text}"),
            ResumePostUri = At("/resume?reason={text}"),
        };

        string At(string operation) => key is null
            ? instance + operation
            : $"{instance}{operation}{(operation.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={Uri.EscapeDataString(key)}";
    }
}
