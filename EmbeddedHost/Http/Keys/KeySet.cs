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

    /// <summary>What a set's keys open, in words.</summary>
    public static string OpenedBy(string set) => set switch
    {
        Master => "every function and the management API",
        Host => "every function that asks for a function key",
        System => "the management API",
        _ => "this function",
    };
}
