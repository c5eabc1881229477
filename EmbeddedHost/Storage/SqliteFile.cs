namespace EmbeddedHost.Storage;

/// <summary>Opens a database file for writing, or refuses it before anything in it is changed.</summary>
internal static class SqliteFile
{
    // Above it a check of every page would hold up the start; what is damaged there is found when it is read.
    private const long CheckedBytes = 64 * 1024 * 1024;

    /// <summary>Opens the file and changes nothing in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">The number of the format that is expected in it.</param>
    /// <exception cref="StorageException">It cannot be opened, is damaged, or is of another format.</exception>
    public static SqliteSession Inspect(string path, int version)
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
            return session;
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw StorageErrors.Explain(path, e);
        }
    }

    /// <summary>Makes it the writing session of the file; a new file gets the schema.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">What <see cref="Inspect"/> has returned for it.</param>
    /// <param name="schema">The statements that create its tables.</param>
    /// <param name="version">The number of the schema's format, kept in the file.</param>
    /// <param name="isDurable">Whether what is committed is to survive a power cut.</param>
    /// <param name="additions">Statements for what a file of this format may lack; they do nothing where it is there.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void BeginWriting(string path, SqliteSession session, string schema, int version, bool isDurable, string? additions = null)
    {
        try
        {
            session.BeginWriting(isDurable);
            if (IsEmpty(session))
            {
                session.Run($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; {schema}; COMMIT");
            }
            else if (additions is not null)
            {
                session.Run(additions);
            }
        }
        catch (Exception e)
        {
            throw StorageErrors.Explain(path, e);
        }
    }

    /// <summary>Runs a script that adds what a file of the same format may not have yet.</summary>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Extend(string path, SqliteSession session, string script)
    {
        try
        {
            session.Run($"BEGIN IMMEDIATE; {script}; COMMIT");
        }
        catch (Exception e)
        {
            throw StorageErrors.Explain(path, e);
        }
    }

    /// <summary>Whether the file has no tables yet.</summary>
    public static bool IsEmpty(SqliteSession session) => session.Scalar("SELECT count(*) FROM sqlite_schema") is 0L;

    private static void CheckFormat(string path, SqliteSession session, int version)
    {
        if (!IsEmpty(session) && session.Scalar("PRAGMA user_version") is long found && found != version)
        {
            throw new StorageException(
                $"The file '{path}' has format {found}; this host reads format {version}. Let the host that wrote it finish what is "
                + "in it, and choose another folder with --data, or start with --reset to throw it away.");
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
