using EmbeddedHost.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Keys;

/// <summary>What a caller of an endpoint has to show. Endpoints carry it as metadata.</summary>
/// <param name="Level">The level that the endpoint asks for.</param>
/// <param name="Function">The function behind it; null: the host itself.</param>
internal sealed record AccessRule(AuthorizationLevel Level, string? Function)
{
    /// <summary>The management API's rule.</summary>
    public static readonly AccessRule Management = new(AuthorizationLevel.System, Function: null);

    /// <summary>An HTTP function's rule.</summary>
    public static AccessRule Of(FunctionDescriptor function) =>
        new(((HttpTriggerAttribute)function.Trigger).AuthLevel, function.FunctionName);

    /// <summary>Whether the function has keys of its own.</summary>
    public bool HasOwnKeys => Level is AuthorizationLevel.Function or AuthorizationLevel.User;
}
