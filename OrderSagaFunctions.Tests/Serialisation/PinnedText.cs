namespace OrderSagaFunctions.Tests.Serialisation;

/// <summary>
/// A text that is checked in beside the tests, compared line by line. Where a change is meant, <c>ACCEPT_PINNED=1</c> in the
/// environment has the tests write it anew, and the change is there to be reviewed.
/// </summary>
internal static class PinnedText
{
    /// <summary>Whether the files are to be written anew.</summary>
    public static bool Accepts { get; } = Environment.GetEnvironmentVariable("ACCEPT_PINNED") == "1";

    /// <summary>The lines of a pinned file; none where it is missing.</summary>
    public static string[] Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllLines(PathOf(name)) : [];

    /// <summary>Writes a pinned file.</summary>
    public static void Write(string name, IEnumerable<string> lines) =>
        File.WriteAllText(PathOf(name), string.Concat(lines.Select(static line => line + "\n")));

    /// <summary>Holds lines against the pinned ones.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="now">The lines as they are now.</param>
    /// <param name="dependents">What depends on them, and what a change needs.</param>
    public static void AssertIs(string name, IEnumerable<string> now, string dependents)
    {
        string[] lines = [.. now.Order(StringComparer.Ordinal)];
        if (Accepts)
        {
            Write(name, lines);
        }

        var pinned = Read(name);
        string[] differences = [.. pinned.Except(lines).Select(static line => "- " + line), .. lines.Except(pinned).Select(static line => "+ " + line)];
        Assert.True(
            differences.Length == 0,
            $"{name} does not say what the app writes now. {dependents} If the change is meant, run the tests once with ACCEPT_PINNED=1."
            + $"{Environment.NewLine}{string.Join(Environment.NewLine, differences)}");
    }

    private static string PathOf(string name) => Path.Combine(ProjectFolder(), "Serialisation", name);

    // Not a copy beside the assembly: what is accepted has to reach the repository.
    private static string ProjectFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrderSagaFunctions.Tests.csproj")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException(
            $"The pinned texts are beside OrderSagaFunctions.Tests.csproj; expected it above '{AppContext.BaseDirectory}', found none.");
    }
}
