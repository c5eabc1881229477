using System.Text.Json;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Decisions;

/// <summary>
/// The waits of parked sagas and their gates: partition = the saga's key, row <c>task-{generation}-{number}</c> and row
/// <c>decision-{generation}-{number}</c>, with the scope behind it where a child waits. The decision is inserted if absent:
/// whoever comes first, an operator, a cancel or the deadline, has decided.
/// </summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class ParkStore(TableServiceClient tables, TimeProvider time)
{
    private const string TaskPrefix = "task-";
    private const string DecisionPrefix = "decision-";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Parkings);

    /// <summary>Publishes a wait, once; a saga that has come to the wait of one before it takes that over, so that it is the one that is woken.</summary>
    internal async Task PublishAsync(ParkTask task, CancellationToken cancellation)
    {
        var row = new TableEntity(task.Key, TaskPrefix + ParkGate.Of(task).Suffix)
        {
            ["Task"] = JsonSerializer.Serialize(task, SagaJson.TypeOf<ParkTask>()),
            ["Since"] = time.GetUtcNow(),
        };
        if (!await _table.TryAddAsync(row, cancellation)
            && await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation) is { } earlier && ReadTask(earlier).InstanceId != task.InstanceId)
        {
            _ = await _table.TryReplaceAsync(row, earlier.ETag, cancellation);
        }
    }

    /// <summary>
    /// Tries to decide. A retry after the deadline decides that nobody decided in time; a cancel leads the same way as the
    /// deadline does, and is taken.
    /// </summary>
    /// <returns>Whether this decision is the one that stands.</returns>
    internal async Task<bool> TryDecideAsync(ParkGate gate, ParkDecision decision, OperatorNote note, CancellationToken cancellation)
    {
        // The saga's timer may come later than an operator: the clock was set, or the host was down.
        var isLate = decision == ParkDecision.Retry && await IsOverdueAsync(gate, cancellation);
        var row = new TableEntity(gate.Saga.Key, DecisionPrefix + gate.Suffix) { ["Decision"] = (isLate ? ParkDecision.Overdue : decision).ToString() };
        StoredNote.Write(row, isLate ? OperatorNote.None : note, time.GetUtcNow());
        return await _table.TryAddAsync(row, cancellation) && !isLate;
    }

    /// <summary>The decision that stands, or null.</summary>
    internal async Task<ParkDecision?> FindDecisionAsync(ParkGate gate, CancellationToken cancellation) =>
        await _table.FindAsync(gate.Saga.Key, DecisionPrefix + gate.Suffix, cancellation) is { } row
            ? row.Choice<ParkDecision>("Decision")
            : null;

    /// <summary>The latest wait of a key's latest saga, and of each of its children, where they ever waited.</summary>
    public async Task<IReadOnlyList<ParkedWait>> ReadLatestAsync(string key, CancellationToken cancellation) =>
        Latest(await ReadAsync(key, cancellation));

    /// <summary>Every wait of a key's sagas, in the order they came.</summary>
    public async Task<IReadOnlyList<ParkedWait>> ReadAsync(string key, CancellationToken cancellation) =>
        Read(await _table.ReadPartitionAsync(key, cancellation));

    /// <summary>The keys with a latest wait that is not decided, in their own order.</summary>
    public IAsyncEnumerable<string> ListUndecidedAsync(PartitionRange range, UnreadableRows unreadable, CancellationToken cancellation) =>
        _table.StreamPartitionsAsync(range, properties: null, cancellation)
            .Where(rows => unreadable.Skip(() => Latest(Read(rows)))?.Any(wait => wait.Decision is null) == true)
            .Select(rows => rows[0].PartitionKey);

    private async Task<bool> IsOverdueAsync(ParkGate gate, CancellationToken cancellation) =>
        await _table.FindAsync(gate.Saga.Key, TaskPrefix + gate.Suffix, cancellation) is { } row && ReadTask(row).Deadline <= time.GetUtcNow();

    /// <summary>Of a key's waits, the last of its latest saga and of each child of that.</summary>
    /// <param name="waits">The waits of one key, in the order they came (<see cref="ReadAsync"/>).</param>
    public static IReadOnlyList<ParkedWait> Latest(IReadOnlyList<ParkedWait> waits) =>
    [
        .. waits.Where(wait => wait.Task.Generation == waits[^1].Task.Generation)
            .GroupBy(wait => wait.Task.Scope)
            .Select(ofOne => ofOne.Last()),
    ];

    private static List<ParkedWait> Read(IReadOnlyList<TableEntity> rows) =>
        [.. rows.Where(row => row.RowKey.StartsWith(TaskPrefix, StringComparison.Ordinal)).Select(row => ReadWait(row, rows))];

    private static ParkedWait ReadWait(TableEntity row, IEnumerable<TableEntity> rows)
    {
        var task = ReadTask(row);
        var decision = rows.FirstOrDefault(other => other.RowKey == DecisionPrefix + ParkGate.Of(task).Suffix);
        return new ParkedWait(task, row.Time("Since"))
        {
            Decision = decision is null ? null : decision.Choice<ParkDecision>("Decision"),
            Note = decision is null ? null : StoredNote.Read(decision),
        };
    }

    private static ParkTask ReadTask(TableEntity row) => row.Json("Task", SagaJson.StoredTypeOf<ParkTask>());
}

/// <summary>Which wait of which saga a decision is about.</summary>
/// <param name="Saga">The saga, or its child.</param>
/// <param name="Number">Which wait of that.</param>
internal sealed record ParkGate(SagaId Saga, int Number)
{
    /// <summary>The rest of the row keys. Padded, so that rows sort as the waits came.</summary>
    public string Suffix => Saga.Scope is null ? $"{Saga.Generation:D4}-{Number:D6}" : $"{Saga.Generation:D4}-{Number:D6}-{Saga.Scope}";

    /// <summary>The gate of a wait.</summary>
    public static ParkGate Of(ParkTask task) => new(task.Saga, task.Number);

    /// <summary>The gate that a bid is for.</summary>
    public static ParkGate Of(ParkBid bid) => new(bid.Saga, bid.Number);
}

/// <summary>A wait of a parked saga, and what was decided about it.</summary>
/// <param name="Task">What it waits or waited for.</param>
/// <param name="Since">Since when.</param>
public sealed record ParkedWait(ParkTask Task, DateTimeOffset Since)
{
    /// <summary>The decision that stands, or null where there is none.</summary>
    public ParkDecision? Decision { get; init; }

    /// <summary>Who decided, why and when, where somebody has.</summary>
    public StoredNote? Note { get; init; }

    /// <summary>What the saga's story says of it.</summary>
    public ParkedState ToState() => new(Task.State, Task.Error, Since, Task.Deadline) { Scope = Task.Scope };

    /// <summary>Whether somebody is to decide it for the saga of an instance: one that took over from another does not wait where that one did.</summary>
    public bool IsOpenOf(string instanceId) =>
        Decision is null && (Task.Scope is not null || (Task.InstanceId ?? instanceId) == instanceId);
}
