namespace EmbeddedHost.Storage;

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
