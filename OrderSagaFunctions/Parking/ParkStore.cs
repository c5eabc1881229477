using System.Text.Json;
using Azure.Data.Tables;
using OrderSagaFunctions.Saga;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Parking;

/// <summary>
/// The waits of parked sagas and their gates: partition = order, row <c>task-{generation}-{number}</c> and row
/// <c>decision-{generation}-{number}</c>. The decision is inserted if absent: whoever comes first, an operator, a cancel or
/// the deadline, has decided.
/// </summary>
public sealed class ParkStore(TableServiceClient tables, TimeProvider time)
{
    private const string TaskPrefix = "task-";
    private const string DecisionPrefix = "decision-";
    private readonly TableClient _table = tables.GetTableClient(Tables.Parkings);

    /// <summary>Publishes a wait, once.</summary>
    public Task PublishAsync(ParkTask task, CancellationToken cancellation) => _table.TryAddAsync(
        new TableEntity(task.Key, TaskPrefix + Suffix(task.Generation, task.Number))
        {
            ["Task"] = JsonSerializer.Serialize(task, AppJson.TypeOf<ParkTask>()),
            ["Since"] = time.GetUtcNow(),
        },
        cancellation);

    /// <summary>Tries to decide.</summary>
    /// <returns>Whether this decision is the one that stands.</returns>
    public Task<bool> TryDecideAsync(string orderId, int generation, int number, ParkDecision decision, string by, CancellationToken cancellation) =>
        _table.TryAddAsync(
            new TableEntity(orderId, DecisionPrefix + Suffix(generation, number))
            {
                ["Decision"] = decision.ToString(),
                ["By"] = by,
                ["At"] = time.GetUtcNow(),
            },
            cancellation);

    /// <summary>The decision that stands, or null.</summary>
    public async Task<ParkDecision?> FindDecisionAsync(string orderId, int generation, int number, CancellationToken cancellation) =>
        await _table.FindAsync(orderId, DecisionPrefix + Suffix(generation, number), cancellation) is { } row
            ? Enum.Parse<ParkDecision>(row.GetString("Decision"))
            : null;

    /// <summary>The latest wait of an order and its decision, or null where it never was parked.</summary>
    public async Task<(ParkTask Task, ParkDecision? Decision)?> FindLatestAsync(string orderId, CancellationToken cancellation) =>
        await ReadAsync(orderId, cancellation) is [.., var latest] ? (latest.Task, latest.Decision) : null;

    /// <summary>Every wait of an order, in the order they came.</summary>
    internal async Task<IReadOnlyList<ParkedWait>> ReadAsync(string orderId, CancellationToken cancellation) =>
        Read(await _table.ReadPartitionAsync(orderId, cancellation));

    /// <summary>The orders whose latest wait is not decided, by id, from the one after <paramref name="after"/> on.</summary>
    internal IAsyncEnumerable<string> ListUndecidedAsync(string? after, CancellationToken cancellation) =>
        _table.StreamPartitionsAsync(after, properties: null, cancellation)
            .Where(rows => Read(rows) is [.., { Decision: null }])
            .Select(rows => rows[0].PartitionKey);

    private static List<ParkedWait> Read(IReadOnlyList<TableEntity> rows) =>
        [.. rows.Where(row => row.RowKey.StartsWith(TaskPrefix, StringComparison.Ordinal)).Select(row => ReadWait(row, rows))];

    private static ParkedWait ReadWait(TableEntity row, IEnumerable<TableEntity> rows)
    {
        var task = JsonSerializer.Deserialize(row.GetString("Task"), AppJson.TypeOf<ParkTask>())!;
        var decision = rows.FirstOrDefault(other => other.RowKey == DecisionPrefix + Suffix(task.Generation, task.Number));
        return new ParkedWait(task, row.GetDateTimeOffset("Since")!.Value)
        {
            Decision = decision is null ? null : Enum.Parse<ParkDecision>(decision.GetString("Decision")),
            DecidedBy = decision?.GetString("By"),
            DecidedAt = decision?.GetDateTimeOffset("At"),
        };
    }

    // Padded, so that rows sort as the waits came.
    private static string Suffix(int generation, int number) => $"{generation:D4}-{number:D6}";
}
