using System.Globalization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Sagas.Storage;

namespace Sagas.Decisions;

/// <summary>
/// One row a saga, inserted if absent: by a cancel, by the saga that passes its pivot, or by the one that has gone back and ends
/// failed. It lies beside the notifications of the same key, so that passing the pivot and promising the customer the order is
/// one transaction.
/// </summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class CancelGate(TableServiceClient tables, TimeProvider time)
{
    private const string Prefix = "gate-";
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Notifications);

    /// <summary>Tries to cancel; repeating it changes nothing.</summary>
    /// <param name="saga">The saga.</param>
    /// <param name="note">Who cancels, and why.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where the saga has passed its pivot, or ends failed: whoever was told true will see it end cancelled.</returns>
    public async Task<bool> TryCancelAsync(SagaId saga, OperatorNote note, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(saga, GateHolder.Cancel, note), cancellation) || await IsCancelledAsync(saga, cancellation);

    /// <summary>Tries to pass the pivot; repeating it changes nothing.</summary>
    /// <returns>False where the saga is cancelled, or has ended failed.</returns>
    public async Task<bool> TryPassAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(saga, GateHolder.Pivot, OperatorNote.None), cancellation) || await IsHeldByAsync(GateHolder.Pivot, saga, cancellation);

    /// <summary>What the activity of a pivot does that tells nobody: passes it, unless the saga was cancelled.</summary>
    public async Task<StepResult> PassAsync(SagaNotice notice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return await TryPassAsync(notice.Saga, cancellation) ? StepResult.Passed : new StepResult(Refusal.Cancelled);
    }

    /// <summary>Tries to end a saga that has gone back as failed; repeating it changes nothing.</summary>
    /// <returns>False where a cancel was granted: it ends cancelled.</returns>
    public async Task<bool> TryFailAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(saga, GateHolder.Failed, OperatorNote.None), cancellation) || !await IsCancelledAsync(saga, cancellation);

    /// <summary>Whether the saga is cancelled.</summary>
    public Task<bool> IsCancelledAsync(SagaId saga, CancellationToken cancellation) => IsHeldByAsync(GateHolder.Cancel, saga, cancellation);

    /// <summary>Whether the saga has passed its pivot.</summary>
    public Task<bool> IsPassedAsync(SagaId saga, CancellationToken cancellation) => IsHeldByAsync(GateHolder.Pivot, saga, cancellation);

    /// <summary>Tries to pass the pivot, and stores a row of the same partition with that; repeating it changes nothing.</summary>
    /// <returns>False where the saga is cancelled, or has ended failed.</returns>
    public async Task<bool> TryPassAsync(SagaId saga, TableEntity promise, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, Row(saga, GateHolder.Pivot, OperatorNote.None)),
                    new TableTransactionAction(TableTransactionActionType.Add, promise),
                ],
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken())
        {
            if (!await IsHeldByAsync(GateHolder.Pivot, saga, cancellation))
            {
                return false;
            }

            // Passed before, and maybe without it: a pivot that failed for good is settled by the gate alone.
            _ = await _table.TryAddAsync(promise, cancellation);
            return true;
        }
    }

    /// <summary>The gates of an order's sagas that somebody holds.</summary>
    public async Task<IReadOnlyList<HeldGate>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(IsGate).Select(Read),
    ];

    /// <summary>A saga's gate, or null where it is free.</summary>
    public async Task<HeldGate?> FindAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.FindAsync(saga.Key, RowKey(saga.Generation), cancellation) is { } row ? Read(row) : null;

    /// <summary>Whether a row of the table is a gate, and no notification.</summary>
    public static bool IsGate(TableEntity row) => row.RowKey.StartsWith(Prefix, StringComparison.Ordinal);

    private async Task<bool> IsHeldByAsync(GateHolder holder, SagaId saga, CancellationToken cancellation) =>
        (await FindAsync(saga, cancellation))?.Holder == holder;

    private TableEntity Row(SagaId saga, GateHolder holder, OperatorNote note)
    {
        var row = new TableEntity(saga.Key, RowKey(saga.Generation)) { ["Holder"] = holder.ToString() };
        StoredNote.Write(row, note, time.GetUtcNow());
        return row;
    }

    private static HeldGate Read(TableEntity row) => new(
        int.Parse(row.RowKey.AsSpan(Prefix.Length), CultureInfo.InvariantCulture), row.Choice<GateHolder>("Holder"), StoredNote.Read(row));

    private static string RowKey(int generation) => Prefix + generation;
}

/// <summary>A saga's cancel gate that is held.</summary>
/// <param name="Generation">Which saga.</param>
/// <param name="Holder">By what.</param>
/// <param name="Note">Since when; of a cancel, by whom and why.</param>
public sealed record HeldGate(int Generation, GateHolder Holder, StoredNote Note)
{
    /// <summary>Whether a cancel was granted.</summary>
    public bool IsCancel => Holder == GateHolder.Cancel;
}

/// <summary>What holds a cancel gate, and so decides how its saga ends.</summary>
public enum GateHolder
{
    /// <summary>A cancel that was granted: the saga ends cancelled.</summary>
    Cancel,

    /// <summary>The saga, which has passed its pivot: it cannot be cancelled any more.</summary>
    Pivot,

    /// <summary>The saga, which has gone back and ends failed: the same.</summary>
    Failed,
}

/// <summary>The cancel's part in the saga.</summary>
public sealed class CancelFunctions(CancelGate gate)
{
    /// <summary>Settles whether a saga that a cancel event woke is cancelled: anyone may raise an event, the gate decides.</summary>
    [Function(SagaActivities.ConfirmCancel)]
    public async Task<CancelVerdict> ConfirmAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) =>
        await gate.TryCancelAsync(bid.Saga, OperatorNote.None, cancellation) ? new CancelVerdict(IsCancelled: true)
        : new CancelVerdict(IsCancelled: false) { IsPassed = await gate.IsPassedAsync(bid.Saga, cancellation) ? true : null };

    /// <summary>Settles the same for a saga whose pivot has failed for good: it passes, unless it was cancelled.</summary>
    [Function(SagaActivities.SettlePivot)]
    public async Task<CancelVerdict> SettleAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) =>
        new(!await gate.TryPassAsync(bid.Saga, cancellation));
}
