using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

/// <summary>Embedded tables for all tests of a class.</summary>
public sealed class EmbeddedTableFixture : IDisposable
{
    private readonly TempFolder _folder = new();

    public EmbeddedTableFixture() => Tables = new EmbeddedTables(_folder.Path);

    public EmbeddedTables Tables { get; }

    public void Dispose()
    {
        Tables.Dispose();
        _folder.Dispose();
    }
}
