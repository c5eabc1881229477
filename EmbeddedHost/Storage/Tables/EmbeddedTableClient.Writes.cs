using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables;

internal sealed partial class EmbeddedTableClient
{
    public override Response AddEntity<T>(T entity, CancellationToken cancellationToken = default) =>
        Write(TableTransactionActionType.Add, entity, ETag.All, cancellationToken).Run();

    public override async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default) =>
        await Write(TableTransactionActionType.Add, entity, ETag.All, cancellationToken).RunAsync();

    public override Response UpsertEntity<T>(T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Write(Upsert(mode), entity, ETag.All, cancellationToken).Run();

    public override async Task<Response> UpsertEntityAsync<T>(
        T entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        await Write(Upsert(mode), entity, ETag.All, cancellationToken).RunAsync();

    public override Response UpdateEntity<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        Write(Update(mode), entity, Explicit(ifMatch), cancellationToken).Run();

    public override async Task<Response> UpdateEntityAsync<T>(
        T entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellationToken = default) =>
        await Write(Update(mode), entity, Explicit(ifMatch), cancellationToken).RunAsync();

    public override Response DeleteEntity(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return DeleteEntity(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    public override async Task<Response> DeleteEntityAsync(ITableEntity entity, ETag ifMatch = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return await DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ifMatch, cancellationToken);
    }

    public override Response DeleteEntity(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        Deletion(partitionKey, rowKey, ifMatch, cancellationToken).Run();

    public override async Task<Response> DeleteEntityAsync(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellationToken = default) =>
        await Deletion(partitionKey, rowKey, ifMatch, cancellationToken).RunAsync();

    public override Response<IReadOnlyList<Response>> SubmitTransaction(
        IEnumerable<TableTransactionAction> transactionActions, CancellationToken cancellationToken = default) =>
        Transaction(transactionActions, cancellationToken).Run();

    public override async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
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
        return new EntityWork(store, EntityWrite.For(name, action, entity, ifMatch));
    }

    private EntityWork Deletion(string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new EntityWork(store, EntityWrite.Delete(name, partitionKey, rowKey, ifMatch));
    }

    private TransactionWork Transaction(IEnumerable<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actions);
        cancellationToken.ThrowIfCancellationRequested();
        return new TransactionWork(store, name, actions);
    }
}
