using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Tests.Storage.Hub;

/// <summary>The hub's file says which format it has.</summary>
public sealed class HubFormatTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Open_FileOfAnotherFormat_IsRefusedWithWhatToDo()
    {
        new SqliteDatabase(_folder.File("hub.db"), "CREATE TABLE instances (key INTEGER PRIMARY KEY)", version: 1).Dispose();

        var e = Assert.Throws<StorageException>(() => new SqliteDatabase(_folder.File("hub.db"), HubSchema.Script, HubSchema.Version));

        Assert.Contains($"hub.db' has format 1; this host reads format {HubSchema.Version}", e.Message, StringComparison.Ordinal);
        Assert.Contains("--reset", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileOfTheFormatBefore_IsBroughtUpToThisOne()
    {
        var before = HubSchema.Script[..^HubSchema.Upgrade.Length];
        new SqliteDatabase(_folder.File("hub.db"), before, HubSchema.Version - 1).Dispose();

        for (var i = 0; i < 2; i++)
        {
            using var database = new SqliteDatabase(_folder.File("hub.db"), HubSchema.Script, HubSchema.Version, environment: null, HubSchema.Upgrade);
            Assert.Empty(database.ListEntities(new EntityFilter(), after: "", top: 1, includesState: true));
        }

        // The host before does not know what is in it now.
        Assert.Throws<StorageException>(() => new SqliteDatabase(_folder.File("hub.db"), before, HubSchema.Version - 1));
    }

    [Fact]
    public void Open_FileOfThisFormat_IsOpenedAgain()
    {
        for (var i = 0; i < 2; i++)
        {
            using var database = new SqliteDatabase(_folder.File("hub.db"), HubSchema.Script, HubSchema.Version);
            Assert.Equal(0, new HubReader(database).Largest("instances", "key"));
        }
    }

    public void Dispose() => _folder.Dispose();
}
