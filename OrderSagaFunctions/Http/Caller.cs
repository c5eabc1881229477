using Microsoft.Azure.Functions.Worker.Http;

namespace OrderSagaFunctions.Http;

/// <summary>Who calls, where the host knows.</summary>
internal static class Caller
{
    /// <summary>The rule of a name that a body gives, for messages.</summary>
    public const string NameRule = "who it is, in 1 to 100 characters that are not all blank and none of them a control or format character";

    /// <summary>The characters of such a name at most.</summary>
    public const int LongestName = 100;

    /// <summary>Whether a text can be the name that a body gives.</summary>
    public static bool IsName(string text) => HumanText.IsLine(text, LongestName);

    /// <summary>
    /// The name of the authenticated person, or null where the host has authenticated none: a key is nobody's name. The
    /// <c>x-ms-client-principal</c> header is left to the host, which knows whether it comes from its own front door.
    /// </summary>
    public static string? NameOf(HttpRequestData request) => request.Identities?
        .FirstOrDefault(identity => identity.IsAuthenticated && !string.IsNullOrEmpty(identity.Name))?.Name;

    /// <summary>Who acts: the authenticated person and, where the body names another one, for whom.</summary>
    /// <param name="known">The authenticated person, or null.</param>
    /// <param name="said">Whom the body names, or null.</param>
    public static string? NameOf(string? known, string? said) =>
        known is null || said is null || known == said ? known ?? said : $"{known}, for {said}";
}
