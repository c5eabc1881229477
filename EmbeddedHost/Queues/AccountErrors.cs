using EmbeddedHost.Framework.AzureStorage;

namespace EmbeddedHost.Queues;

/// <summary>What calls of a storage account's queues fail with.</summary>
internal static class AccountErrors
{
    /// <summary>Why the account could not be used, in a few words; null where the failure is of another kind.</summary>
    public static string? Explain(Exception failure) => StorageFailures.Explain(failure) ?? (IsOverTime(failure) ? "it does not answer in time" : null);

    // The client cancels an attempt that takes too long. Nobody else cancels these calls.
    private static bool IsOverTime(Exception failure) =>
        failure is OperationCanceledException || (failure is AggregateException several && several.InnerExceptions.All(IsOverTime));
}
