using System.Runtime.CompilerServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Makes the addresses under which an instance is managed.</summary>
internal static class ManagementLinks
{
    /// <summary>Where the management API lives on its host.</summary>
    public const string BasePath = "/runtime/webhooks/durabletask";

    private static readonly ConditionalWeakTable<DurableTaskClient, string> Origins = [];

    /// <summary>Remembers the origin (<c>http://localhost:7071</c>) that serves a client's hub.</summary>
    public static void Register(DurableTaskClient client, string origin) => Origins.AddOrUpdate(client, origin);

    /// <summary>The addresses of an instance: on the request's own host, or on the one that serves the client's hub.</summary>
    /// <exception cref="InvalidOperationException">There is neither a request nor a known host.</exception>
    public static HttpManagementPayload Of(DurableTaskClient client, string instanceId, HttpRequestData? request) =>
        Of(request?.Url.GetLeftPart(UriPartial.Authority) ?? OriginOf(client), instanceId, (request as EmbeddedRequest)?.ManagementKey);

    /// <summary>The addresses of an instance on an origin, with the key that opens them where the caller has one.</summary>
    public static HttpManagementPayload Of(string origin, string instanceId, string? key)
    {
        var instance = $"{origin}{BasePath}/instances/{Uri.EscapeDataString(instanceId)}";
        return new HttpManagementPayload
        {
            Id = instanceId,
            StatusQueryGetUri = At(""),
            SendEventPostUri = At("/raiseEvent/{eventName}"),
            TerminatePostUri = At("/terminate?reason={text}"),
            RewindPostUri = At("/rewind?reason={text}"),
            PurgeHistoryDeleteUri = At(""),
            RestartPostUri = At("/restart"),
            SuspendPostUri = At("/suspend?reason={text}"),
            ResumePostUri = At("/resume?reason={text}"),
        };

        string At(string operation) => key is null
            ? instance + operation
            : $"{instance}{operation}{(operation.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={Uri.EscapeDataString(key)}";
    }

    private static string OriginOf(DurableTaskClient client) => Origins.TryGetValue(client, out var origin)
        ? origin
        : throw new InvalidOperationException(
            $"The address of the host that serves the task hub of client '{client.Name}' is not known: " +
            "pass the request, or call this after the host has started.");
}
