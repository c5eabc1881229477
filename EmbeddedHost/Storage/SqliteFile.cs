namespace EmbeddedHost.Storage;

/// <summary>Opens a database file for writing, or refuses it before anything in it is changed.</summary>
internal static class SqliteFile
{
    // Above it a check of every page would hold up the start; what is damaged there is found when it is read.
    private const long CheckedBytes = 64 * 1024 * 1024;

    /// <summary>Opens the file and changes nothing in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">The number of the format that is expected in it.</param>
    /// <param name="upgrade">What makes it of a file of the format before; null: nothing does.</param>
    /// <exception cref="StorageException">It cannot be opened, is damaged, or is of another format.</exception>
    public static SqliteSession Inspect(string path, int version, string? upgrade = null)
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

            CheckFormat(path, session, version, hasUpgrade: upgrade is not null);
            return session;
        }
        catch (Exception e)
        {
            session?.Dispose();
            throw StorageErrors.Explain(path, e);
        }
    }

    /// <summary>Makes it the writing session of the file; a new file gets the schema, one of the format before is brought up to it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="session">What <see cref="Inspect"/> has returned for it.</param>
    /// <param name="schema">The statements that create its tables.</param>
    /// <param name="version">The number of the schema's format, kept in the file.</param>
    /// <param name="isDurable">Whether what is committed is to survive a power cut.</param>
    /// <param name="upgrade">The statements that make it of a file of the format before; null: there are none.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void BeginWriting(string path, SqliteSession session, string schema, int version, bool isDurable, string? upgrade = null)
    {
        try
        {
            session.BeginWriting(isDurable);
            if (IsEmpty(session))
            {
                session.Run($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; {schema}; COMMIT");
            }
            else if (upgrade is not null && FormatOf(session) == version - 1)
            {
                session.Run($"BEGIN IMMEDIATE; PRAGMA user_version = {version}; {upgrade}; COMMIT");
            }
        }
        catch (Exception e)
        {
            throw StorageErrors.Explain(path, e);
        }
    }

    /// <summary>Whether the file has no tables yet.</summary>
    public static bool IsEmpty(SqliteSession session) => session.Scalar("SELECT count(*) FROM sqlite_schema") is 0L;

    private static long FormatOf(SqliteSession session) => (long)session.Scalar("PRAGMA user_version")!;

    private static void CheckFormat(string path, SqliteSession session, int version, bool hasUpgrade)
    {
        if (!IsEmpty(session) && FormatOf(session) is var found && found != version && !(hasUpgrade && found == version - 1))
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
