using Microsoft.Azure.Functions.Worker.Http;

namespace Sagas.Http;

/// <summary>Who calls, where the host knows.</summary>
public static class Caller
{
    /// <summary>
    /// The name of the authenticated person, or null where the host has authenticated none: a key is nobody's name. The
    /// <c>x-ms-client-principal</c> header is left to the host, which knows whether it comes from its own front door.
    /// </summary>
    public static string? NameOf(HttpRequestData request) => request.Identities?
        .FirstOrDefault(identity => identity.IsAuthenticated && !string.IsNullOrEmpty(identity.Name))?.Name;
}
