namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>What goes into one compiler run; all but the name are file paths.</summary>
internal sealed record Compilation(string Name, IReadOnlyList<string> Sources, IReadOnlyList<string> References)
{
    public bool IsExecutable { get; init; }

    public IReadOnlyList<string> Generators { get; init; } = [];
}
