using Azure.Data.Tables;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Saga;

/// <summary>The incidents' rows: one an incident, keyed by order and incident.</summary>
public sealed class IncidentStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Incidents);

    /// <summary>Writes an incident down; one that is there already stays as it is.</summary>
    public Task OpenAsync(string orderId, Incident incident, CancellationToken cancellation) => _table.TryAddAsync(
        new TableEntity(orderId, incident.Id)
        {
            ["Compensation"] = incident.Compensation,
            ["Error"] = incident.Error,
            ["OpenedAt"] = incident.OpenedAt,
            ["Status"] = incident.Status,
        },
        cancellation);

    /// <summary>An order's incidents, by id.</summary>
    public async Task<IReadOnlyList<Incident>> ReadAsync(string orderId, CancellationToken cancellation)
    {
        var rows = await _table.ReadPartitionAsync(orderId, cancellation);
        return [.. rows.Select(row => new Incident(
            row.RowKey, row.GetString("Compensation"), row.GetString("Error"), row.GetDateTimeOffset("OpenedAt")!.Value)
        {
            Status = row.GetString("Status"),
        })];
    }
}
