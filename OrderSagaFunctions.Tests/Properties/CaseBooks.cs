using System.Text.Json;
using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>All rows of the one order and of the stock, read past the app's own readers.</summary>
internal sealed class CaseBooks
{
    private readonly IReadOnlyDictionary<string, IReadOnlyList<TableEntity>> _rows;

    private CaseBooks(IReadOnlyDictionary<string, IReadOnlyList<TableEntity>> rows) => _rows = rows;

    /// <summary>The order's latest saga, counted from 1.</summary>
    public int Generation => (Recoveries is [.., var last] ? last : Order)?.GetInt32("Generation") ?? 1;

    /// <summary>How its saga ended; null where it was stopped before it did.</summary>
    public SagaOutcome? Outcome => ReportOf(Generation)?.Outcome;

    /// <summary>Whether it was stored.</summary>
    public bool IsStored => Order is not null;

    /// <summary>Whether it was accepted.</summary>
    public bool IsAccepted => _rows[Tables.Orders].Any(static row => row.RowKey == "submission");

    /// <summary>What the index has of open orders.</summary>
    public IReadOnlyList<TableEntity> OpenEntries => [.. _rows[SagaTables.Claims].Where(static row => row.RowKey[0] != '~')];

    public string? Status => Order?.GetString("Status");

    public IReadOnlyList<TableEntity> Payments => _rows[Tables.Payments];

    public IReadOnlyList<TableEntity> Shipments => _rows[Tables.Shipments];

    public IReadOnlyList<TableEntity> Stock => [.. _rows[Tables.Inventory].Where(static row => row.RowKey == "stock")];

    public IReadOnlyList<TableEntity> Reservations => [.. _rows[Tables.Inventory].Where(static row => row.RowKey != "stock" && row.GetString("State") == "Reserved")];

    public IReadOnlyList<TableEntity> Incidents => _rows[SagaTables.Incidents];

    public IReadOnlyList<TableEntity> OpenIncidents => [.. Incidents.Where(static row => row.GetString("Status") == "Open")];

    /// <summary>The incident of the saga that was stopped last.</summary>
    public string StoppedId => Recoveries.Count == 0 ? $"stopped-{Generation}" : $"stopped-{Recoveries.Count}-{Generation}";

    /// <summary>Who holds the latest saga's gate.</summary>
    public string? GateHolder => _rows[SagaTables.Notifications].FirstOrDefault(row => row.RowKey == $"gate-{Generation}")?.GetString("Holder");

    /// <summary>The story of each saga that has ended.</summary>
    public IEnumerable<SagaReport> Reports => _rows[Tables.Orders].Where(static row => row.RowKey.StartsWith("report-", StringComparison.Ordinal)).Select(ReadReport);

    private TableEntity? Order => _rows[Tables.Orders].FirstOrDefault(static row => row.RowKey == "order");

    private IReadOnlyList<TableEntity> Recoveries => [.. _rows[Tables.Orders].Where(static row => row.RowKey.StartsWith("recovery-", StringComparison.Ordinal))];

    public static async Task<CaseBooks> ReadAsync(DurableTestHost host)
    {
        var tables = host.Services.GetRequiredService<TableServiceClient>();
        var rows = new Dictionary<string, IReadOnlyList<TableEntity>>(StringComparer.Ordinal);
        foreach (var table in AppTables.All)
        {
            var all = new List<TableEntity>();
            await foreach (var row in tables.GetTableClient(table).QueryAsync<TableEntity>())
            {
                all.Add(row);
            }

            rows[table] = all;
        }

        return new CaseBooks(rows);
    }

    /// <summary>
    /// Whether a compensation was left undone, at one location where given, so that the books need not show it done: an open
    /// incident, or one that a person has closed.
    /// </summary>
    public bool WasLeft(string compensation, string? location = null) => Incidents.Any(row =>
        row.GetString("Compensation") == compensation
        && (location is null || row.GetString("Scope") == location)
        && (row.GetString("Status") == "Open" || row.GetString("ClosedBy") is { Length: > 0 }));

    private SagaReport? ReportOf(int generation) =>
        _rows[Tables.Orders].FirstOrDefault(row => row.RowKey == $"report-{generation}") is { } row ? ReadReport(row) : null;

    private static SagaReport ReadReport(TableEntity row) => JsonSerializer.Deserialize(row.GetString("Report"), AppJson.TypeOf<SagaReport>())!;
}
