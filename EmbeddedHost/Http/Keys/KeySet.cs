using EmbeddedHost.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Http.Keys;

/// <summary>
/// The sets of keys that are no function's own. A function's set has the function's name; names of functions begin
/// with a letter, so that the two never meet.
/// </summary>
internal static class KeySet
{
    /// <summary>Opens everything: every function, and the management API.</summary>
    public const string Master = "_master";

    /// <summary>Opens every function that asks for a function key.</summary>
    public const string Host = "_host";

    /// <summary>Opens the management API.</summary>
    public const string System = "_system";

    /// <summary>All sets of a host: these, and those of its functions that have keys of their own.</summary>
    public static IReadOnlyList<string> AllOf(IEnumerable<FunctionDescriptor> functions) =>
    [
        Master, Host, System,
        .. functions.Where(static function => function.Kind == TriggerKind.Http && AccessRule.Of(function).HasOwnKeys).Select(static function => function.FunctionName),
    ];

    /// <summary>What a set's keys open, in words.</summary>
    public static string OpenedBy(string set) => set switch
    {
        Master => "every function and the management API",
        Host => "every function that asks for a function key",
        System => "the management API",
        _ => "this function",
    };
}

/// <summary>
/// The key that a caller of the management API, or an administrator, has shown. The links that the same caller is
/// handed carry it: the host has nothing but hashes of its own keys, and gives nobody what they did not have.
/// </summary>
internal sealed record CallerKey(string Secret);

/// <summary>What a caller of an endpoint has to show. Endpoints carry it as metadata.</summary>
/// <param name="Level">The level that the endpoint asks for.</param>
/// <param name="Function">The function behind it; null: the host itself.</param>
internal sealed record AccessRule(AuthorizationLevel Level, string? Function)
{
    /// <summary>The management API's rule.</summary>
    public static readonly AccessRule Management = new(AuthorizationLevel.System, Function: null);

    /// <summary>The rule of what only an administrator may do.</summary>
    public static readonly AccessRule Administration = new(AuthorizationLevel.Admin, Function: null);

    /// <summary>An HTTP function's rule.</summary>
    public static AccessRule Of(FunctionDescriptor function) =>
        new(((HttpTriggerAttribute)function.Trigger).AuthLevel, function.FunctionName);

    /// <summary>Whether the function has keys of its own.</summary>
    public bool HasOwnKeys => Level is AuthorizationLevel.Function or AuthorizationLevel.User;
}

/// <summary>Makes keys, and lets those before them run out.</summary>
internal static class KeyMaker
{
    /// <summary>
    /// Gives each set a new key and returns the secrets, which are not to be had again. The set's earlier keys stay
    /// valid for the overlap, so that callers can change over one by one.
    /// </summary>
    public static IReadOnlyList<(string Set, string Secret)> Make(
        KeyStore store, IReadOnlyCollection<string> sets, TimeSpan overlap, DateTimeOffset now)
    {
        var made = sets.Select(set => AccessKey.Create(set, now)).ToArray();
        store.Change(keys => keys
            .Where(key => key.IsValidAt(now))
            .Select(key => sets.Contains(key.Set, StringComparer.OrdinalIgnoreCase) ? key.EndingAt(now + overlap) : key)
            .Concat(made.Select(pair => pair.Key)));
        return [.. made.Select(pair => (pair.Key.Set, pair.Secret))];
    }
}
