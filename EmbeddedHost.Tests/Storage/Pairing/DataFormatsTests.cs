using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Pairing;

namespace EmbeddedHost.Tests.Storage.Pairing;

/// <summary>Data is opened by builds that read its format, and by no others.</summary>
public sealed class DataFormatsTests : IDisposable
{
    private readonly PairFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_DataOfAnotherFormat_IsRefusedWithBothNumbers()
    {
        _folder.Run(formats: new DataFormats(1, 1));
        var before = _folder.Contents();

        var refusal = Assert.Throws<StorageException>(() => _folder.Run(formats: new DataFormats(2, 2)));

        Assert.Contains("data format 1; this build reads format 2", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Contents());
    }

    [Fact]
    public void Open_DataOfAFormatThatIsRead_HasTheNewOneFromThenOn()
    {
        _folder.Run(formats: new DataFormats(1, 1));

        _folder.Run(formats: new DataFormats(1, 3));
        _folder.Run(formats: new DataFormats(1, 3));
        var before = _folder.Contents();
        var older = Assert.Throws<StorageException>(() => _folder.Run(formats: new DataFormats(1, 2)));
        var later = Assert.Throws<StorageException>(() => _folder.Run(formats: new DataFormats(4, 5)));

        Assert.Contains("data format 3; this build reads formats 1 to 2", older.Message, StringComparison.Ordinal);
        Assert.Contains("data format 3; this build reads formats 4 to 5", later.Message, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Contents());
        _folder.Run(formats: new DataFormats(3, 4));
    }
}
