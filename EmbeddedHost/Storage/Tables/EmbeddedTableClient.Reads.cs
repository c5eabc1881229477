using System.Linq.Expressions;
using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables.Filters;
using EmbeddedHost.Storage.Tables.Mapping;

namespace EmbeddedHost.Storage.Tables;

internal sealed partial class EmbeddedTableClient
{
    public override Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        if (Find<T>(partitionKey, rowKey, select, cancellationToken) is { } found)
        {
            return found;
        }

        throw EntityQuery.TableExists(store, name)
            ? TableErrors.EntityMissing(partitionKey, rowKey)
            : TableErrors.TableNotFound(name);
    }

    public override Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(GetEntity<T>(partitionKey, rowKey, select, cancellationToken));
        }
        catch (Exception e)
        {
            return Task.FromException<Response<T>>(e);
        }
    }

    public override NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        Find<T>(partitionKey, rowKey, select, cancellationToken) ?? (NullableResponse<T>)new NoEntity<T>(partitionKey, rowKey);

    public override Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(GetEntityIfExists<T>(partitionKey, rowKey, select, cancellationToken));
        }
        catch (Exception e)
        {
            return Task.FromException<NullableResponse<T>>(e);
        }
    }

    public override Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new TablePages<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    public override Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        Query<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    public override AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        new TableAsyncPages<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    public override AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default) =>
        QueryAsync<T>(CreateQueryFilter(filter), maxPerPage, select, cancellationToken);

    private Response<T>? Find<T>(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        return EntityQuery.Find(store, name, partitionKey, rowKey) is { } row
            ? Response.FromValue(EntityMap.Decode<T>(row, Selection.Of(select)), new TableResponse(200, row.Timestamp))
            : null;
    }

    private ReadPage<T> Pages<T>(string? filter, IEnumerable<string>? select)
        where T : class, ITableEntity
    {
        var selection = Selection.Of(select);
        return (token, size) =>
        {
            var (rows, next) = EntityQuery.Page(store, name, QueryPlan.For(filter), QueryPosition.Parse(token), size);
            var entities = new T[rows.Count];
            for (var i = 0; i < entities.Length; i++)
            {
                entities[i] = EntityMap.Decode<T>(rows[i], selection);
            }

            return Page<T>.FromValues(entities, next?.ToToken(), new TableResponse(200));
        };
    }
}
