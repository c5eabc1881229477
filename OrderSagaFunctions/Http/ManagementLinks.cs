using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace OrderSagaFunctions.Http;

/// <summary>
/// The management links of an instance. Where keys are in force the links carry the host's own key, which lets its bearer
/// steer every instance: only an administrator may be given that.
/// </summary>
internal static class ManagementLinks
{
    private const string LevelClaim = "http://schemas.microsoft.com/2017/07/functions/claims/authlevel";

    /// <summary>The links, or null where this caller may not have them.</summary>
    public static HttpManagementPayload? For(DurableTaskClient client, HttpRequestData request, string instanceId)
    {
        var links = client.CreateHttpManagementPayload(instanceId, request);
        return CarryKey(links) && !IsAdministrator(request) ? null : links;
    }

    private static bool CarryKey(HttpManagementPayload links) =>
        links.StatusQueryGetUri?.Contains("code=", StringComparison.OrdinalIgnoreCase) ?? false;

    private static bool IsAdministrator(HttpRequestData request) =>
        request.Identities?.Any(identity => identity.HasClaim(LevelClaim, nameof(AuthorizationLevel.Admin))) ?? false;
}
