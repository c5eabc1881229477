using System.Text.Json;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Decisions;

/// <summary>
/// The review tasks and the gate: partition = the saga's key, row <c>task-{generation}</c> and row <c>decision-{generation}</c>. The
/// decision is inserted if absent: whoever comes first, a person, a raw event or the deadline, has decided.
/// </summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class ReviewStore(TableServiceClient tables, TimeProvider time)
{
    private const string TaskPrefix = "task-";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Reviews);

    /// <summary>Publishes a task, once; a saga that takes it up again while nobody has decided gives it its own deadline.</summary>
    public async Task RequestAsync(ReviewRequest task, CancellationToken cancellation)
    {
        var row = new TableEntity(task.Key, TaskKey(task.Generation))
        {
            ["Task"] = JsonSerializer.Serialize(task, SagaJson.TypeOf<ReviewRequest>()),
            ["RequestedAt"] = time.GetUtcNow(),
        };
        if (!await _table.TryAddAsync(row, cancellation)
            && await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation) is { } earlier && ReadTask(earlier).Deadline < task.Deadline
            && await FindDecisionAsync(task.Saga, cancellation) is null)
        {
            _ = await _table.TryReplaceAsync(row, earlier.ETag, cancellation);
        }
    }

    /// <summary>Tries to decide. An answer after the deadline decides that nobody answered in time.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="answer">The answer, or null for the deadline's silence.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>Whether this answer is the one that stands.</returns>
    public async Task<bool> TryDecideAsync(SagaId saga, ReviewAnswer? answer, CancellationToken cancellation)
    {
        // The saga's timer may come later than an answer: the clock was set, or the host was down.
        var isLate = answer is not null && await IsOverdueAsync(saga, cancellation);
        var decision = isLate ? null : answer;
        return await _table.TryAddAsync(
            new TableEntity(saga.Key, DecisionKey(saga.Generation))
            {
                ["Approved"] = decision?.Approved ?? false,
                ["Reviewer"] = decision?.Reviewer ?? string.Empty,
                ["Comment"] = decision?.Comment,
                ["TimedOut"] = decision is null,
                ["At"] = time.GetUtcNow(),
            },
            cancellation) && !isLate;
    }

    /// <summary>The decision that stands, or null.</summary>
    public async Task<ReviewDecision?> FindDecisionAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.FindAsync(saga.Key, DecisionKey(saga.Generation), cancellation) is { } row ? ReadDecision(row) : null;

    /// <summary>The review as the API shows it, or null if the saga is and was in none.</summary>
    public async Task<ReviewView?> FindAsync(SagaId saga, CancellationToken cancellation)
    {
        if (await _table.FindAsync(saga.Key, TaskKey(saga.Generation), cancellation) is not { } row)
        {
            return null;
        }

        var task = ReadTask(row);
        var decision = await FindDecisionAsync(saga, cancellation);
        return ReviewView.Of(task, row.Time("RequestedAt"), decision);
    }

    /// <summary>Every review of a key.</summary>
    public async Task<IReadOnlyList<StoredReview>> ReadAsync(string key, CancellationToken cancellation) =>
        [.. Read(await _table.ReadPartitionAsync(key, cancellation))];

    /// <summary>The keys of the sagas that are or were in review, in their order.</summary>
    public IAsyncEnumerable<string> ListKeysAsync(PartitionRange range, CancellationToken cancellation) =>
        _table.ListPartitionsAsync(TableClient.CreateQueryFilter($"RowKey ge {TaskPrefix}"), range, cancellation);

    /// <summary>Every review that nobody has decided, though its saga may have gone another way since.</summary>
    public IAsyncEnumerable<StoredReview> ListUndecidedAsync(UnreadableRows unreadable, CancellationToken cancellation) =>
        _table.StreamPartitionsAsync(PartitionRange.All, properties: null, cancellation)
            .SelectMany(rows => (unreadable.Skip(() => Read(rows).ToList()) ?? [])
                .Where(review => review.View.Decision is null)
                .ToAsyncEnumerable());

    private async Task<bool> IsOverdueAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.FindAsync(saga.Key, TaskKey(saga.Generation), cancellation) is { } row && ReadTask(row).Deadline <= time.GetUtcNow();

    private static IEnumerable<StoredReview> Read(IReadOnlyList<TableEntity> rows) =>
        from row in rows
        where row.RowKey.StartsWith(TaskPrefix, StringComparison.Ordinal)
        let task = ReadTask(row)
        let decision = rows.FirstOrDefault(other => other.RowKey == DecisionKey(task.Generation))
        select new StoredReview(task, ReviewView.Of(task, row.Time("RequestedAt"), decision is null ? null : ReadDecision(decision)));

    private static ReviewRequest ReadTask(TableEntity row) => row.Json("Task", SagaJson.StoredTypeOf<ReviewRequest>());

    private static ReviewDecision ReadDecision(TableEntity row) => new(
        row.GetBoolean("Approved") ?? false,
        row.Text("Reviewer"),
        row.GetString("Comment"),
        row.Time("At"),
        row.GetBoolean("TimedOut") ?? false);

    private static string TaskKey(int generation) => TaskPrefix + generation;

    private static string DecisionKey(int generation) => $"decision-{generation}";
}

/// <summary>A review as it was written down, whatever has become of its saga since.</summary>
/// <param name="Task">What was asked.</param>
/// <param name="View">The same as the API shows it, with the decision.</param>
public sealed record StoredReview(ReviewRequest Task, ReviewView View);
