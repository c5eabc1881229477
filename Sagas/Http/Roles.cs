using Microsoft.Azure.Functions.Worker;

namespace Sagas.Http;

/// <summary>
/// What a caller's key has to be good for, by what the caller is. Both hosts give keys to functions, not to people: a role
/// is a set of functions, and docs/operations.md lists each one's.
/// </summary>
public static class Roles
{
    /// <summary>Opens the page, which then asks for a key: no key, since a browser sends none when it opens an address.</summary>
    public const AuthorizationLevel Anyone = AuthorizationLevel.Anonymous;

    /// <summary>Places orders, watches them and changes its mind: the key of each such function.</summary>
    public const AuthorizationLevel Submit = AuthorizationLevel.Function;

    /// <summary>Looks at flagged orders and decides: the key of each such function.</summary>
    public const AuthorizationLevel Review = AuthorizationLevel.Function;

    /// <summary>Sees every order and steers sagas: the master key.</summary>
    public const AuthorizationLevel Operate = AuthorizationLevel.Admin;
}
