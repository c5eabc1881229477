namespace EmbeddedHost.Storage;

/// <summary>Opens a database file for writing, or refuses it before anything in it is changed.</summary>
internal static class SqliteFile
{
    // Above it a check of every page would hold up the start; what is damaged there is found when it is read.
    private const long CheckedBytes = 64 * 1024 * 1024;

    /// <summary>Opens or creates the file and applies its schema (idempotent statements).</summary>
    /// <exception cref="StorageException">It cannot be written, or is damaged.</exception>
    public static SqliteSession Open(string path, string schema)
    {
        SqliteSession? session = null;
        try
        {
            WriteAheadLog.Check(path);
            session = new SqliteSession(path, readOnly: false);
            if (new FileInfo(path) is { Exists: true, Length: > 0 and <= CheckedBytes })
            {
                CheckPages(path, session);
            }

            session.BeginWriting();
            session.Run(schema);
            return session;
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw StorageErrors.Explain(path, e);
        }
    }

    private static void CheckPages(string path, SqliteSession session)
    {
        if (session.Scalar("PRAGMA quick_check(1)") is string found and not "ok")
        {
            throw StorageErrors.Damaged(path, found.ReplaceLineEndings(" "));
        }
    }
}
