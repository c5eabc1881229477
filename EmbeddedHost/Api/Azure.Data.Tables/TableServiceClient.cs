using System.Linq.Expressions;
using Azure.Core;
using Azure.Data.Tables.Models;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Storage.Tables.Filters;

namespace Azure.Data.Tables;

/// <summary>The tables of an account. Here: of the embedded host's data folder, whatever the credential.</summary>
public class TableServiceClient
{
    private readonly TableAccount? _account;

    /// <summary>A client by its connection string: <c>UseDevelopmentStorage=true</c>.</summary>
    public TableServiceClient(string connectionString)
        : this(TableAccount.Parse(connectionString))
    {
    }

    /// <summary>A client by its connection string: <c>UseDevelopmentStorage=true</c>.</summary>
    public TableServiceClient(string connectionString, TableClientOptions? options = null)
        : this(TableAccount.Parse(connectionString))
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, AzureSasCredential credential, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, TableClientOptions? options = null)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    /// <summary>A client by the emulator's address.</summary>
    public TableServiceClient(Uri endpoint, TableSharedKeyCredential credential, TableClientOptions options)
        : this(TableAccount.Parse(endpoint).Account)
    {
    }

    internal TableServiceClient(TableAccount account) => _account = account;

    /// <summary>For mocks.</summary>
    protected TableServiceClient()
    {
    }

    /// <summary>The account's name.</summary>
    public virtual string AccountName => Account.Name;

    /// <summary>The account's address.</summary>
    public virtual Uri Uri => Account.Uri;

    private TableAccount Account => _account ?? throw TableClient.Mocked(nameof(TableServiceClient));

    /// <summary>A filter with the values of an interpolated string as constants.</summary>
    public static string CreateQueryFilter(FormattableString filter) => FilterText.Of(filter);

    /// <summary>A filter over table names from a lambda.</summary>
    public static string CreateQueryFilter(Expression<Func<TableItem, bool>> filter) => FilterExpression.Translate(filter);

    /// <summary>A client of one table, which need not exist.</summary>
    public virtual TableClient GetTableClient(string tableName) => new(Account, tableName);

    /// <summary>Creates a table; fails where it exists.</summary>
    public virtual Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Create(cancellationToken);

    /// <inheritdoc cref="CreateTable"/>
    public virtual Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <summary>Creates a table where it is missing.</summary>
    public virtual Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExists(cancellationToken);

    /// <inheritdoc cref="CreateTableIfNotExists"/>
    public virtual Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <summary>Deletes a table; answers 404 where it is missing.</summary>
    public virtual Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Delete(cancellationToken);

    /// <inheritdoc cref="DeleteTable"/>
    public virtual Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <summary>The tables that match an OData filter over <c>TableName</c>.</summary>
    public virtual Pageable<TableItem> Query(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TablePages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual Pageable<TableItem> Query(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>The tables that match a lambda.</summary>
    public virtual Pageable<TableItem> Query(Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TableAsyncPages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(string, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query(Expression{Func{TableItem, bool}}, int?, CancellationToken)"/>
    public virtual AsyncPageable<TableItem> QueryAsync(Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    private ReadPage<TableItem> Pages(string? filter)
    {
        var account = Account;
        return (token, size) => TableListing.Page(account.Store, filter, token, size);
    }
}
