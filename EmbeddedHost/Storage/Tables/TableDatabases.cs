using System.Collections.Concurrent;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// The tables databases open in this process, by account name: how a client that only knows a connection string
/// finds its host's data.
/// </summary>
internal static class TableDatabases
{
    /// <summary>The account of <c>UseDevelopmentStorage=true</c>.</summary>
    public const string DevelopmentAccount = "devstoreaccount1";

    private static readonly ConcurrentDictionary<string, TableStore> Stores = new(StringComparer.OrdinalIgnoreCase);
    private static readonly AsyncLocal<string?> Ambient = new();

    /// <summary>The account that a client built here and now means by <c>UseDevelopmentStorage=true</c>.</summary>
    public static string CurrentAccount => Ambient.Value ?? DevelopmentAccount;

    /// <summary>Serves an account from a store until disposed of.</summary>
    /// <exception cref="InvalidOperationException">Another store serves the account.</exception>
    public static IDisposable Register(TableStore store, string account = DevelopmentAccount) => Stores.TryAdd(account, store)
        ? new Disposer(() => Stores.TryRemove(account, out _))
        : throw new InvalidOperationException(
            $"Another embedded host in this process serves the table account '{account}'. Stop it, or register this one under a name of its own.");

    /// <summary>Until disposed of, clients built in this asynchronous flow take the development account for this one.</summary>
    public static IDisposable Use(string account)
    {
        var outer = Ambient.Value;
        Ambient.Value = account;
        return new Disposer(() => Ambient.Value = outer);
    }

    /// <summary>The store that serves an account.</summary>
    /// <exception cref="InvalidOperationException">None does.</exception>
    public static TableStore Resolve(string account) => Stores.TryGetValue(account, out var store)
        ? store
        : throw new InvalidOperationException(
            $"No embedded host in this process serves the table account '{account}'. Use the client while the host runs, " +
            "with the connection string UseDevelopmentStorage=true; in tests, take the client or the connection string of EmbeddedTables.");

    private sealed class Disposer(Action dispose) : IDisposable
    {
        public void Dispose() => dispose();
    }
}
