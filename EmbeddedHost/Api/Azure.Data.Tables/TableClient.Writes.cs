using EmbeddedHost.Storage.Tables;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Inserts an entity; fails (409) where its row exists.</summary>
    public virtual Response AddEntity<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        Write(TableTransactionActionType.Add, entity, ETag.All, cancellationToken).Run();

    /// <inheritdoc cref="AddEntity"/>
    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await Write(TableTransactionActionType.Add, entity, ETag.All, cancellationToken).RunAsync();

    /// <summary>Inserts an entity, or updates the row that exists.</summary>
    public virtual Response UpsertEntity<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        Write(Upsert(mode), entity, ETag.All, cancellationToken).Run();

    /// <inheritdoc cref="UpsertEntity"/>
    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await Write(Upsert(mode), entity, ETag.All, cancellationToken).RunAsync();

    /// <summary>Updates a row that exists (else 404) and has the given version (else 412); <see cref="ETag.All"/> takes any.</summary>
    public virtual Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        Write(Update(mode), entity, Explicit(ifMatch), cancellationToken).Run();

    /// <inheritdoc cref="UpdateEntity"/>
    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await Write(Update(mode), entity, Explicit(ifMatch), cancellationToken).RunAsync();

    /// <summary>Deletes the entity's row. Its own ETag is no condition: pass it as <paramref name="ifMatch"/>.</summary>
    public virtual Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <inheritdoc cref="DeleteEntity(ITableEntity, ETag, CancellationToken)"/>
    public virtual async Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    /// <summary>Deletes a row where it has the given version (else 412), any by default; answers 404 where there is none.</summary>
    public virtual Response DeleteEntity(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        Deletion(partitionKey, rowKey, ifMatch, cancellationToken).Run();

    /// <inheritdoc cref="DeleteEntity(string, string, ETag, CancellationToken)"/>
    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        await Deletion(partitionKey, rowKey, ifMatch, cancellationToken).RunAsync();

    /// <summary>Writes up to 100 rows of one partition, all or none.</summary>
    public virtual Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Transaction(transactionActions, cancellationToken).Run();

    /// <inheritdoc cref="SubmitTransaction"/>
    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        await Transaction(transactionActions, cancellationToken).RunAsync();

    private static TableTransactionActionType Upsert(TableUpdateMode mode) =>
        mode == TableUpdateMode.Replace ? TableTransactionActionType.UpsertReplace : TableTransactionActionType.UpsertMerge;

    private static TableTransactionActionType Update(TableUpdateMode mode) =>
        mode == TableUpdateMode.Replace ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.UpdateMerge;

    private static ETag Explicit(ETag ifMatch) => ifMatch != default
        ? ifMatch
        : throw new ArgumentException("An update needs an ETag: the entity's own, or ETag.All to update whatever is there.", nameof(ifMatch));

    private EntityWork Write(TableTransactionActionType action, ITableEntity entity, ETag ifMatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new EntityWork(Store, EntityWrite.For(Name, action, entity, ifMatch));
    }

    private EntityWork Deletion(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new EntityWork(Store, EntityWrite.Delete(Name, partitionKey, rowKey, ifMatch));
    }

    private TransactionWork Transaction(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actions);
        cancellationToken.ThrowIfCancellationRequested();
        return new TransactionWork(Store, Name, actions);
    }
}
