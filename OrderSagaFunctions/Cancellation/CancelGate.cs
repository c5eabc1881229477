using Azure.Data.Tables;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Cancellation;

/// <summary>
/// One row a saga, inserted if absent: by a cancel, or by the saga that passes its pivot. It lies beside the notifications of
/// the same key, so that passing the pivot and promising the customer the order is one transaction.
/// </summary>
public sealed class CancelGate(TableServiceClient tables, TimeProvider time)
{
    private const string Cancel = "Cancel";
    private const string Pivot = "Pivot";
    private readonly TableClient _table = tables.GetTableClient(Tables.Notifications);

    /// <summary>Tries to cancel; repeating it changes nothing.</summary>
    /// <param name="key">What the saga is about.</param>
    /// <param name="generation">Which saga of that.</param>
    /// <param name="by">Who cancels; empty where not known.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where the saga has passed its pivot.</returns>
    public async Task<bool> TryCancelAsync(string key, int generation, string by, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(key, generation, Cancel, by), cancellation) || await IsCancelledAsync(key, generation, cancellation);

    /// <summary>Tries to pass the pivot; repeating it changes nothing.</summary>
    /// <returns>False where the saga is cancelled.</returns>
    public async Task<bool> TryPassAsync(string key, int generation, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(key, generation, Pivot, by: string.Empty), cancellation) || await IsHeldByAsync(Pivot, key, generation, cancellation);

    /// <summary>Whether the saga is cancelled.</summary>
    public Task<bool> IsCancelledAsync(string key, int generation, CancellationToken cancellation) => IsHeldByAsync(Cancel, key, generation, cancellation);

    /// <summary>Whether the saga has passed its pivot.</summary>
    public Task<bool> IsPassedAsync(string key, int generation, CancellationToken cancellation) => IsHeldByAsync(Pivot, key, generation, cancellation);

    /// <summary>Tries to pass the pivot, and stores a row of the same partition with that; repeating it changes nothing.</summary>
    /// <returns>False where the saga is cancelled.</returns>
    public async Task<bool> TryPassAsync(string key, int generation, TableEntity promise, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, Row(key, generation, Pivot, by: string.Empty)),
                    new TableTransactionAction(TableTransactionActionType.Add, promise),
                ],
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken())
        {
            if (!await IsHeldByAsync(Pivot, key, generation, cancellation))
            {
                return false;
            }

            // Passed before, and maybe without it: a pivot that failed for good is settled by the gate alone.
            _ = await _table.TryAddAsync(promise, cancellation);
            return true;
        }
    }

    /// <summary>The gates of an order's sagas that somebody holds.</summary>
    internal async Task<IReadOnlyList<HeldGate>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(IsGate).Select(row => new HeldGate(
            IsCancel: row.GetString("Holder") == Cancel, row.GetString("By"), row.Time("At"))),
    ];

    /// <summary>Whether a row of the table is a gate, and no notification.</summary>
    internal static bool IsGate(TableEntity row) => row.RowKey.StartsWith("gate-", StringComparison.Ordinal);

    private async Task<bool> IsHeldByAsync(string holder, string key, int generation, CancellationToken cancellation) =>
        (await _table.FindAsync(key, RowKey(generation), cancellation))?.GetString("Holder") == holder;

    private TableEntity Row(string key, int generation, string holder, string by) => new(key, RowKey(generation))
    {
        ["Holder"] = holder,
        ["By"] = by,
        ["At"] = time.GetUtcNow(),
    };

    private static string RowKey(int generation) => $"gate-{generation}";
}
