namespace EmbeddedHost.Storage;

/// <summary>The folder that holds the task hub and the business tables. One process at a time owns it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "host.lock";
    private readonly FileStream _lock;

    /// <summary>Takes the folder, creating it where it is missing; <paramref name="reset"/> empties it first.</summary>
    /// <exception cref="StorageException">Another process owns the folder, or it cannot be written.</exception>
    public DataFolder(string path, bool reset)
    {
        Path = System.IO.Path.GetFullPath(path);
        _lock = Acquire(Path);
        if (reset)
        {
            foreach (var file in Directory.EnumerateFiles(Path, "*.db*"))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>The task hub's file: instances, history, timers.</summary>
    public string HubFile => System.IO.Path.Combine(Path, "hub.db");

    /// <summary>The business tables' file.</summary>
    public string TablesFile => System.IO.Path.Combine(Path, "tables.db");

    public void Dispose() => _lock.Dispose();

    private static FileStream Acquire(string path)
    {
        try
        {
            _ = Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }

        try
        {
            return new FileStream(System.IO.Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unwritable(path, e);
        }
        catch (IOException e)
        {
            throw new StorageException(
                $"The data folder '{path}' is in use by another process, or cannot be written: {e.Message} " +
                "Stop that process, or choose another folder with --data.", e);
        }
    }

    private static StorageException Unwritable(string path, Exception e) => new(
        $"The data folder '{path}' cannot be written: {e.Message} Give the user who runs the host the right to write there, or " +
        "choose another folder with --data.", e);
}
