using System.Security.Claims;
using EmbeddedHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Keys;

/// <summary>Lets a request through to its endpoint where it shows a key that opens it.</summary>
internal sealed class KeyGate(KeyRing keys)
{
    private const string HeaderName = "x-functions-key";
    private const string QueryName = "code";

    // The claims under which Functions hosts tell an app what its caller may do.
    private const string LevelClaim = "http://schemas.microsoft.com/2017/07/functions/claims/authlevel";
    private const string KeyClaim = "http://schemas.microsoft.com/2017/07/functions/claims/keyid";
    private const string AuthenticationType = "FunctionsKey";

    /// <summary>Middleware of the web server.</summary>
    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // Without a rule there is no function and no management call behind the address: nothing to guard.
        if (http.GetEndpoint()?.Metadata.GetMetadata<AccessRule>() is not { } rule)
        {
            return next(http);
        }

        var secret = SecretOf(http.Request);
        AccessKey? key;
        try
        {
            key = secret is null ? null : keys.Find(secret);
        }
        catch (HostStartupException)
        {
            return Problem.SendAsync(
                http, StatusCodes.Status500InternalServerError, "The host cannot read its keys, so that no key can be checked; its log says why.");
        }

        if (rule.Level != AuthorizationLevel.Anonymous)
        {
            if (key is null)
            {
                return Problem.SendAsync(
                    http, StatusCodes.Status401Unauthorized,
                    $"{(secret is null ? "No key was sent" : "The key is not known, or has ended")}: " +
                    $"send one in the header {HeaderName}, or as the query value '{QueryName}'.");
            }

            if (!key.Opens(rule))
            {
                // Azure's host tells only a caller of the management API that the key is good, though not for this.
                var status = rule == AccessRule.Management ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized;
                return Problem.SendAsync(http, status, $"A key of the set '{key.Set}' does not open this address.");
            }
        }

        if (key is not null)
        {
            Introduce(http, key, secret!);
        }

        return next(http);
    }

    private static string? SecretOf(HttpRequest request) =>
        request.Headers[HeaderName] is [{ Length: > 0 } header, ..] ? header
        : request.Query[QueryName] is [{ Length: > 0 } query, ..] ? query
        : null;

    private static void Introduce(HttpContext http, AccessKey key, string secret)
    {
        http.User = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(LevelClaim, key.Level.ToString()), new Claim(KeyClaim, key.Set)], AuthenticationType));
        if (key.Opens(AccessRule.Management))
        {
            http.Features.Set(new CallerKey(secret));
        }
    }
}
