using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Sas;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// The tables of the embedded host, as a client of the released package. An app asks for <see cref="TableServiceClient"/> and
/// gets this one; a test that wraps the host's tables asks for it by this name.
/// </summary>
public sealed class EmbeddedTableServiceClient : TableServiceClient
{
    private readonly TableStore _store;

    internal EmbeddedTableServiceClient(TableStore store) => _store = store;

    /// <summary>The account that <c>UseDevelopmentStorage=true</c> names.</summary>
    public override string AccountName => DevelopmentStorage.Account;

    /// <summary>Where the storage emulator would serve the account. Nothing listens there: it is a name.</summary>
    public override Uri Uri => DevelopmentStorage.Uri;

    /// <inheritdoc/>
    public override TableClient GetTableClient(string tableName)
    {
        ArgumentException.ThrowIfNullOrEmpty(tableName);
        return new EmbeddedTableClient(_store, tableName);
    }

    /// <inheritdoc/>
    public override Response<TableItem> CreateTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Create(cancellationToken);

    /// <inheritdoc/>
    public override Task<Response<TableItem>> CreateTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateAsync(cancellationToken);

    /// <inheritdoc/>
    public override Response<TableItem> CreateTableIfNotExists(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExists(cancellationToken);

    /// <inheritdoc/>
    public override Task<Response<TableItem>> CreateTableIfNotExistsAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).CreateIfNotExistsAsync(cancellationToken);

    /// <inheritdoc/>
    public override Response DeleteTable(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).Delete(cancellationToken);

    /// <inheritdoc/>
    public override Task<Response> DeleteTableAsync(string tableName, CancellationToken cancellationToken = default) =>
        GetTableClient(tableName).DeleteAsync(cancellationToken);

    /// <inheritdoc/>
    public override Pageable<TableItem> Query(string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TablePages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc/>
    public override Pageable<TableItem> Query(FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc/>
    public override Pageable<TableItem> Query(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        Query(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc/>
    public override AsyncPageable<TableItem> QueryAsync(
        string? filter = null, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        new TableAsyncPages<TableItem>(Pages(filter), maxPerPage, cancellationToken);

    /// <inheritdoc/>
    public override AsyncPageable<TableItem> QueryAsync(
        FormattableString filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <inheritdoc/>
    public override AsyncPageable<TableItem> QueryAsync(
        Expression<Func<TableItem, bool>> filter, int? maxPerPage = null, CancellationToken cancellationToken = default) =>
        QueryAsync(CreateQueryFilter(filter), maxPerPage, cancellationToken);

    /// <summary>Not supported: the embedded tables have no signatures.</summary>
    public override TableAccountSasBuilder GetSasBuilder(
        TableAccountSasPermissions permissions, TableAccountSasResourceTypes resourceTypes, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    /// <summary>Not supported: the embedded tables have no signatures.</summary>
    public override TableAccountSasBuilder GetSasBuilder(
        string rawPermissions, TableAccountSasResourceTypes resourceTypes, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    /// <summary>Not supported: the embedded tables have no signatures.</summary>
    public override Uri GenerateSasUri(
        TableAccountSasPermissions permissions, TableAccountSasResourceTypes resourceTypes, DateTimeOffset expiresOn) =>
        throw TableErrors.NoSignatures();

    /// <summary>Not supported: the embedded tables have no signatures.</summary>
    public override Uri GenerateSasUri(TableAccountSasBuilder builder) => throw TableErrors.NoSignatures();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Response<TableServiceProperties> GetProperties(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Task<Response<TableServiceProperties>> GetPropertiesAsync(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Response SetProperties(TableServiceProperties properties, CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Task<Response> SetPropertiesAsync(TableServiceProperties properties, CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Response<TableServiceStatistics> GetStatistics(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    /// <summary>Not supported: the embedded tables have no settings of an account.</summary>
    public override Task<Response<TableServiceStatistics>> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        throw TableErrors.NoAccountSettings();

    private ReadPage<TableItem> Pages(string? filter) => (token, size) => TableListing.Page(_store, filter, token, size);
}
