namespace EmbeddedHost.Tests.Compatibility;

/// <summary>One parameter of a member's shape, as text.</summary>
/// <param name="IsReceiver">Whether it is the <c>this</c> parameter of an extension method.</param>
/// <param name="Type">The type, with a closing <c>&amp;</c> where it is passed by reference.</param>
/// <param name="Name">The name, which callers may use.</param>
/// <param name="Default">The default value's text; null where the parameter is required.</param>
internal sealed record ParameterShape(bool IsReceiver, string Type, string Name, string? Default)
{
    private const string Receiver = "this ";

    public static ParameterShape Parse(string text)
    {
        var isReceiver = text.StartsWith(Receiver, StringComparison.Ordinal);
        var parts = (isReceiver ? text[Receiver.Length..] : text).Split(" = ", 2);
        var nameStart = parts[0].LastIndexOf(' ') + 1;
        return new ParameterShape(
            isReceiver, parts[0][..nameStart].TrimEnd(), parts[0][nameStart..], parts.Length > 1 ? parts[1] : null);
    }
}
