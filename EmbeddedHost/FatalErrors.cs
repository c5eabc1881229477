using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EmbeddedHost;

/// <summary>
/// Failures after which a process may be left half alive: out of memory, in managed code or in SQLite, also where another
/// failure was made of it. Whatever was under way then is in doubt, and types or caches may keep the failure for good. What is
/// on disk is not in doubt: the process ends at once, and the next start goes on from there.
/// </summary>
internal static class FatalErrors
{
    private const string Sentence =
        "The host ran out of memory and ends at once. What was accepted is on disk, and the next start goes on from there. "
        + "If this comes again, give the process more memory.";

    private static int _isWatching;

    /// <summary>
    /// From now on a fatal failure ends the process, with a sentence on standard error and a code that is not 0. It is seen
    /// where it is thrown: whatever catches it, in a library or in the app, comes later.
    /// </summary>
    public static void EndProcess()
    {
        if (Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            AppDomain.CurrentDomain.FirstChanceException += static (_, thrown) =>
            {
                if (IsFatal(thrown.Exception))
                {
                    Environment.FailFast(Sentence);
                }
            };
        }
    }

    /// <summary>Whether a failure is fatal, or was made of one that is.</summary>
    public static bool IsFatal(Exception? failure) => failure switch
    {
        null => false,
        OutOfMemoryException or SqliteException { SqliteErrorCode: raw.SQLITE_NOMEM } => true,
        AggregateException several => several.InnerExceptions.Any(IsFatal),
        _ => IsFatal(failure.InnerException),
    };
}
