using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace Sagas.Http;

/// <summary>
/// The management links of an instance. They let their bearer steer instances: where keys are in force, only an
/// administrator is given them.
/// </summary>
public static class ManagementLinks
{
    private const string LevelClaim = "http://schemas.microsoft.com/2017/07/functions/claims/authlevel";

    /// <summary>The links, or null where this caller may not have them.</summary>
    public static HttpManagementPayload? For(DurableTaskClient client, HttpRequestData request, string instanceId)
    {
        var links = client.CreateHttpManagementPayload(instanceId, request);
        return LevelOf(request) switch
        {
            nameof(AuthorizationLevel.Admin) => links,
            null when !CarryKey(links) => links,
            _ => null,
        };
    }

    /// <summary>Whether this caller may have an instance's links: an operator, or anyone where no keys are in force.</summary>
    public static bool AreFor(DurableTaskClient client, HttpRequestData request, string instanceId) => For(client, request, instanceId) is not null;

    private static bool CarryKey(HttpManagementPayload links) =>
        links.StatusQueryGetUri?.Contains("code=", StringComparison.OrdinalIgnoreCase) ?? false;

    // A host that asks for keys says what the caller's is good for; one that asks for none says nothing.
    private static string? LevelOf(HttpRequestData request) =>
        request.Identities?.Select(identity => identity.FindFirst(LevelClaim)?.Value).FirstOrDefault(level => level is not null);
}
