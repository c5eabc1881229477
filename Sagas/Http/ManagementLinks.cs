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

/// <summary>
/// What a caller's key has to be good for, by what the caller is. Both hosts give keys to functions, not to people: a role
/// is a set of functions, and docs/operations.md lists each one's.
/// </summary>
public static class Roles
{
    /// <summary>Opens the page, which then asks for a key, and asks whether the host is well: no key, since browsers and probes send none.</summary>
    public const AuthorizationLevel Anyone = AuthorizationLevel.Anonymous;

    /// <summary>Places orders, watches them and changes its mind: the key of each such function.</summary>
    public const AuthorizationLevel Submit = AuthorizationLevel.Function;

    /// <summary>Looks at flagged orders and decides: the key of each such function.</summary>
    public const AuthorizationLevel Review = AuthorizationLevel.Function;

    /// <summary>Sees every order and steers sagas: the master key.</summary>
    public const AuthorizationLevel Operate = AuthorizationLevel.Admin;
}
