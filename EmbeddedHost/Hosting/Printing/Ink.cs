namespace EmbeddedHost.Hosting.Printing;

/// <summary>Colours text for a terminal; where there is none to see them, leaves it as it is.</summary>
internal sealed class Ink(bool coloured)
{
    private const string Reset = "\e[0m";

    /// <summary>Text without colours.</summary>
    public static Ink None { get; } = new(coloured: false);

    /// <summary>
    /// Colours where standard output is a terminal and nobody asked for none (https://no-color.org).
    /// </summary>
    public static Ink ForTerminal(bool isRedirected, string? noColor) => new(!isRedirected && string.IsNullOrEmpty(noColor));

    public string Red(string text) => Paint("\e[31m", text);

    public string Green(string text) => Paint("\e[32m", text);

    public string Yellow(string text) => Paint("\e[33m", text);

    public string Dim(string text) => Paint("\e[2m", text);

    private string Paint(string code, string text) => coloured ? code + text + Reset : text;
}
