using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// Tables in a folder, without a host: for tests of activities and stores over a real client. As with a host, every
/// write is on disk when its call returns, and what was written is there when the folder is opened again.
/// </summary>
public sealed class EmbeddedTables : IDisposable
{
    private readonly DataFolder _folder;
    private readonly TableStore _store;

    /// <summary>Opens the tables in a folder, creating it where it is missing.</summary>
    /// <exception cref="InvalidOperationException">A host or another instance uses the folder, it cannot be written, or its file is damaged.</exception>
    public EmbeddedTables(string folder)
    {
        _folder = new DataFolder(folder, reset: false);
        _folder.Lock(_folder.TablesFile);
        _store = new TableStore(_folder.TablesFile);
        Client = new EmbeddedTableServiceClient(_store);
    }

    /// <summary>A client of these tables.</summary>
    public TableServiceClient Client { get; }

    /// <summary>Closes the tables; the folder stays.</summary>
    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
