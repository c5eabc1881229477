using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Models;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Storage.Tables.Filters;

namespace Azure.Data.Tables;

/// <summary>One table. Here: in the embedded host's data folder, whatever the credential.</summary>
public partial class TableClient
{
    private readonly TableAccount? _account;
    private readonly string? _name;

    /// <summary>A table by its connection string, <c>UseDevelopmentStorage=true</c>, and its name.</summary>
    public TableClient(string connectionString, string tableName)
        : this(TableAccount.Parse(connectionString), tableName)
    {
    }

    /// <summary>A table by its connection string, <c>UseDevelopmentStorage=true</c>, and its name.</summary>
    public TableClient(string connectionString, string tableName, TableClientOptions? options = null)
        : this(TableAccount.Parse(connectionString), tableName)
    {
    }

    /// <summary>A table by its address as the emulator has it.</summary>
    public TableClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint))
    {
    }

    /// <summary>A table by its address as the emulator has it.</summary>
    public TableClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint))
    {
    }

    /// <summary>A table by the emulator's address and its name.</summary>
    public TableClient(Uri endpoint, string tableName, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint).Account, tableName)
    {
    }

    /// <summary>A table by the emulator's address and its name.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential)
        : this(TableAccount.Parse(endpoint).Account, tableName)
    {
    }

    /// <summary>A table by the emulator's address and its name.</summary>
    public TableClient(Uri endpoint, string tableName, TableSharedKeyCredential credential, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint).Account, tableName)
    {
    }

    internal TableClient(TableAccount account, string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        _account = account;
        _name = tableName;
    }

    /// <summary>For mocks.</summary>
    protected TableClient()
    {
    }

    private TableClient((TableAccount Account, string? Table) address)
        : this(address.Account, address.Table ?? throw new ArgumentException("The address names no table: expected http://127.0.0.1:10002/account/table."))
    {
    }

    /// <summary>The table's name.</summary>
    public virtual string Name => _name ?? throw Mocked(nameof(TableClient));

    /// <summary>The account's name.</summary>
    public virtual string AccountName => Account.Name;

    /// <summary>The table's address.</summary>
    public virtual Uri Uri => new($"{Account.Uri}/{Name}");

    private TableAccount Account => _account ?? throw Mocked(nameof(TableClient));

    private TableStore Store => Account.Store;

    /// <summary>A filter with the values of an interpolated string as constants.</summary>
    public static string CreateQueryFilter(FormattableString filter) => FilterText.Of(filter);

    /// <summary>A filter from a lambda over an entity.</summary>
    public static string CreateQueryFilter<T>(Expression<Func<T, bool>> filter) => FilterExpression.Translate(filter);

    /// <summary>Creates the table; fails where it exists.</summary>
    public virtual Response<TableItem> Create(CancellationToken cancellationToken = default) =>
        Creation(mayExist: false, cancellationToken).Run();

    /// <inheritdoc cref="Create"/>
    public virtual async Task<Response<TableItem>> CreateAsync(CancellationToken cancellationToken = default) =>
        await Creation(mayExist: false, cancellationToken).RunAsync();

    /// <summary>Creates the table where it is missing.</summary>
    public virtual Response<TableItem> CreateIfNotExists(CancellationToken cancellationToken = default) =>
        Creation(mayExist: true, cancellationToken).Run();

    /// <inheritdoc cref="CreateIfNotExists"/>
    public virtual async Task<Response<TableItem>> CreateIfNotExistsAsync(CancellationToken cancellationToken = default) =>
        await Creation(mayExist: true, cancellationToken).RunAsync();

    /// <summary>Deletes the table with its entities; answers 404 where it is missing.</summary>
    public virtual Response Delete(CancellationToken cancellationToken = default) => Deletion(cancellationToken).Run();

    /// <inheritdoc cref="Delete"/>
    public virtual async Task<Response> DeleteAsync(CancellationToken cancellationToken = default) =>
        await Deletion(cancellationToken).RunAsync();

    internal static InvalidOperationException Mocked(string type) =>
        new($"This {type} was made without a connection, for mocking, and the member called is not set up.");

    private CreateTableWork Creation(bool mayExist, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new CreateTableWork(Store, Name, mayExist);
    }

    private DeleteTableWork Deletion(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new DeleteTableWork(Store, Name);
    }
}
