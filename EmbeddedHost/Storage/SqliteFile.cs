namespace EmbeddedHost.Storage;

/// <summary>Opens a database file for writing, or refuses it before anything in it is changed.</summary>
internal static class SqliteFile
{
    // Above it a check of every page would hold up the start; what is damaged there is found when it is read.
    private const long CheckedBytes = 64 * 1024 * 1024;

    /// <summary>Opens the file; a new one gets the schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The statements that create its tables.</param>
    /// <param name="version">The number of the schema's format, kept in the file.</param>
    /// <param name="isDurable">Whether what is committed is to survive a power cut.</param>
    /// <exception cref="StorageException">It cannot be written, is damaged, or is of another format.</exception>
    public static SqliteSession Open(string path, string schema, int version, bool isDurable)
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

            CheckFormat(path, session, version);
            session.BeginWriting(isDurable);
            if (IsEmpty(session))
            {
                session.Run($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; {schema}; COMMIT");
            }

            return session;
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw StorageErrors.Explain(path, e);
        }
    }

    private static bool IsEmpty(SqliteSession session) => session.Scalar("SELECT count(*) FROM sqlite_schema") is 0L;

    private static void CheckFormat(string path, SqliteSession session, int version)
    {
        if (!IsEmpty(session) && session.Scalar("PRAGMA user_version") is long found && found != version)
        {
            throw new StorageException(
                $"The file '{path}' has format {found}; this host reads format {version}. Let the host that wrote it finish what is "
                + "in it, or start with --reset to throw it away.");
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
