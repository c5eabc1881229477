namespace EmbeddedHost.Storage;

/// <summary>The folder that holds the task hub and the business tables. One process at a time owns it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "host.lock";
    private readonly List<FileStream> _locks = [];

    /// <summary>Takes the folder, creating it where it is missing; <paramref name="reset"/> empties it first.</summary>
    /// <exception cref="StorageException">Another process owns the folder, or it cannot be written.</exception>
    public DataFolder(string path, bool reset)
    {
        Path = System.IO.Path.GetFullPath(path);
        _locks.Add(Acquire(Path));
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

    /// <summary>
    /// Keeps every other host from a file of the folder for as long as the folder is open: <c>host.lock</c> alone can be
    /// deleted while its host runs. The file is made where it is missing. Programs that only read it are not kept out.
    /// </summary>
    /// <exception cref="StorageException">Another process has it, or it cannot be written.</exception>
    public void Lock(string file)
    {
        try
        {
            // On Linux this lock and those of SQLite do not see each other; elsewhere it would keep out SQLite itself.
            var share = OperatingSystem.IsLinux() ? FileShare.None : FileShare.ReadWrite | FileShare.Delete;
            _locks.Add(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0));
        }
        catch (UnauthorizedAccessException e)
        {
            throw StorageErrors.Explain(file, e);
        }
        catch (IOException e)
        {
            throw InUse(file, e);
        }
    }

    /// <summary>Lets go of the folder. Its databases are closed by then: closing a file takes SQLite's locks on it away.</summary>
    public void Dispose() => _locks.ForEach(static file => file.Dispose());

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
            throw InUse(path, e);
        }
    }

    private static StorageException InUse(string path, Exception e) => new(
        $"'{path}' is in use by another process, or cannot be written: {e.Message} Stop that process, or choose another folder with --data.", e);

    private static StorageException Unwritable(string path, Exception e) => new(
        $"The data folder '{path}' cannot be written: {e.Message} Give the user who runs the host the right to write there, or " +
        "choose another folder with --data.", e);
}
