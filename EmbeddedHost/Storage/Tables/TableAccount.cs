using System.Data.Common;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Whose tables a client works on.</summary>
internal sealed class TableAccount
{
    private readonly TableStore? _store;

    private TableAccount(string name, TableStore? store = null)
    {
        Name = name;
        _store = store;
        Uri = new Uri($"http://127.0.0.1:10002/{name}");
    }

    public string Name { get; }

    /// <summary>Where the storage emulator would serve the account. Nothing listens there: it is a name.</summary>
    public Uri Uri { get; }

    /// <summary>The account's store, looked up at each use: a host may start after the client is built, or restart.</summary>
    public TableStore Store => _store ?? TableDatabases.Resolve(Name);

    public static TableAccount Of(TableStore store) => new(TableDatabases.DevelopmentAccount, store);

    /// <summary>The account of a connection string.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    /// <exception cref="NotSupportedException">It leads to another machine.</exception>
    public static TableAccount Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        var settings = Settings(connectionString);
        var name = settings.TryGetValue("AccountName", out var given) ? (string)given : null;
        if (settings.ContainsKey("EndpointSuffix") || (settings.TryGetValue("TableEndpoint", out var endpoint) && !IsLoopback((string)endpoint)))
        {
            throw Elsewhere(name ?? "of the connection string");
        }

        var development = settings.TryGetValue("UseDevelopmentStorage", out var flag) && string.Equals((string)flag, "true", StringComparison.OrdinalIgnoreCase);
        return name is null && !development
            ? throw new FormatException("The connection string names no account: expected UseDevelopmentStorage=true, or AccountName=….")
            : Named(name ?? TableDatabases.DevelopmentAccount);
    }

    /// <summary>The account, and the table if any, of an address as the storage emulator has it: <c>http://127.0.0.1:10002/account/table</c>.</summary>
    /// <exception cref="NotSupportedException">It leads to another machine.</exception>
    public static (TableAccount Account, string? Table) Parse(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var path = endpoint.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return endpoint.IsLoopback && path.Length is 1 or 2
            ? (Named(path[0]), path.ElementAtOrDefault(1))
            : throw Elsewhere(endpoint.Host);
    }

    private static TableAccount Named(string name) =>
        new(name == TableDatabases.DevelopmentAccount ? TableDatabases.CurrentAccount : name);

    private static DbConnectionStringBuilder Settings(string connectionString)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connectionString };
        }
        catch (ArgumentException e)
        {
            // Without the string itself: it may hold a key.
            throw new FormatException("The connection string is not of the form Name=value;Name=value.", e);
        }
    }

    private static bool IsLoopback(string endpoint) => Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.IsLoopback;

    private static NotSupportedException Elsewhere(string account) => new(
        $"The connection leads to the table account '{account}', but the embedded host serves only development storage: its tables are in " +
        "the data folder (tables.db). Set the connection to UseDevelopmentStorage=true, or build for Azure with -p:DurableHost=Azure.");
}
