using System.Linq.Expressions;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Storage.Tables.Filters;
using EmbeddedHost.Storage.Tables.Mapping;

namespace Azure.Data.Tables;

public partial class TableClient
{
    /// <summary>Reads an entity by its keys; fails (404) where there is none.</summary>
    public virtual Response<T> GetEntity<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
    {
        if (Find<T>(partitionKey, rowKey, select, cancellationToken) is { } found)
        {
            return found;
        }

        throw EntityQuery.TableExists(Store, Name)
            ? TableErrors.EntityMissing(partitionKey, rowKey)
            : TableErrors.TableNotFound(Name);
    }

    /// <inheritdoc cref="GetEntity"/>
    public virtual Task<Response<T>> GetEntityAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
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

    /// <summary>Reads an entity by its keys; answers without a value where there is none.</summary>
    public virtual NullableResponse<T> GetEntityIfExists<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        Find<T>(partitionKey, rowKey, select, cancellationToken) ?? (NullableResponse<T>)new NoEntity<T>(partitionKey, rowKey);

    /// <inheritdoc cref="GetEntityIfExists"/>
    public virtual Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey, string rowKey, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity
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

    /// <summary>The entities that match an OData filter, by partition key, then row key. Read as they are enumerated.</summary>
    public virtual Pageable<T> Query<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new TablePages<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    /// <summary>The entities that match a lambda, by partition key, then row key. Read as they are enumerated.</summary>
    public virtual Pageable<T> Query<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        Query<T>(FilterExpression.Translate(filter), maxPerPage, select, cancellationToken);

    /// <inheritdoc cref="Query{T}(string, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual AsyncPageable<T> QueryAsync<T>(
        string? filter = null, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        new TableAsyncPages<T>(Pages<T>(filter, select), maxPerPage, cancellationToken);

    /// <inheritdoc cref="Query{T}(Expression{Func{T, bool}}, int?, IEnumerable{string}, CancellationToken)"/>
    public virtual AsyncPageable<T> QueryAsync<T>(
        Expression<Func<T, bool>> filter, int? maxPerPage = null, IEnumerable<string>? select = null, CancellationToken cancellationToken = default)
        where T : class, ITableEntity =>
        QueryAsync<T>(FilterExpression.Translate(filter), maxPerPage, select, cancellationToken);

    private Response<T>? Find<T>(string partitionKey, string rowKey, IEnumerable<string>? select, CancellationToken cancellationToken)
        where T : class, ITableEntity
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        cancellationToken.ThrowIfCancellationRequested();
        return EntityQuery.Find(Store, Name, partitionKey, rowKey) is { } row
            ? Response.FromValue(EntityMap.Decode<T>(row, Selection.Of(select)), new TableResponse(200, row.Timestamp))
            : null;
    }

    private ReadPage<T> Pages<T>(string? filter, IEnumerable<string>? select)
        where T : class, ITableEntity
    {
        var (account, table, selection) = (Account, Name, Selection.Of(select));
        return (token, size) =>
        {
            var (rows, next) = EntityQuery.Page(account.Store, table, QueryPlan.For(filter), QueryPosition.Parse(token), size);
            var entities = new T[rows.Count];
            for (var i = 0; i < entities.Length; i++)
            {
                entities[i] = EntityMap.Decode<T>(rows[i], selection);
            }

            return Page<T>.FromValues(entities, next?.ToToken(), new TableResponse(200));
        };
    }
}
