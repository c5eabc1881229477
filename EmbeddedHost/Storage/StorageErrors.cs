using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedHost.Storage;

/// <summary>Says what SQLite's refusals mean to whoever runs the host.</summary>
internal static class StorageErrors
{
    private const string Kept = "What was accepted before is kept.";

    /// <summary>The failure of a file as a <see cref="StorageException"/>; a failure that is no file's comes back as it is.</summary>
    public static Exception Explain(string path, Exception failure) => failure switch
    {
        SqliteException sqlite when Sentence(path, sqlite) is { } sentence => new StorageException(sentence, failure),
        IOException or UnauthorizedAccessException => new StorageException(Unwritable(path, failure.Message), failure),
        _ => failure,
    };

    /// <summary>The failure of a file whose content is not what was written there.</summary>
    public static StorageException Damaged(string path, string how) => new(DamagedSentence(path, how));

    private static string? Sentence(string path, SqliteException failure) => failure.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => $"'{path}' could not be written: the disk is full. {Kept} Free some space, then start the host again.",
        raw.SQLITE_IOERR =>
            $"'{path}' could not be read or written: the system reported an I/O error ({failure.SqliteExtendedErrorCode}). {Kept} "
            + "Look at the disk, its quota and the process's file size limit, then start the host again.",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => DamagedSentence(path, Reason(failure)),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => Unwritable(path, Reason(failure)),
        _ => null,
    };

    private static string DamagedSentence(string path, string how) =>
        $"'{path}' is damaged: {how}. The host leaves it as it is. Put back the whole data folder from a backup, or move it away and "
        + "start with an empty one.";

    private static string Unwritable(string path, string reason) =>
        $"'{path}' cannot be opened for writing: {reason}. {Kept} Give the user who runs the host the right to write the file and its "
        + "folder, or choose another folder with --data.";

    private static string Reason(SqliteException failure) => raw.sqlite3_errstr(failure.SqliteErrorCode).utf8_to_string();
}

/// <summary>
/// A database file that cannot be used (any more). The message says which file, why, and what to do; what was committed
/// before is not touched by it. The host stops on it.
/// </summary>
internal sealed class StorageException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException)
{
    /// <summary>The storage failure behind a failure, or null where there is none.</summary>
    public static StorageException? Behind(Exception? failure) => failure switch
    {
        null => null,
        StorageException storage => storage,
        AggregateException several => several.InnerExceptions.Select(Behind).FirstOrDefault(found => found is not null),
        _ => Behind(failure.InnerException),
    };
}
