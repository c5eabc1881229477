using Azure.Data.Tables;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Cancellation;

/// <summary>
/// One row an order's saga, inserted if absent: by a cancel, or by the saga that passes its pivot. It lies beside the
/// order's notifications, so that passing the pivot and promising the customer the order is one transaction.
/// </summary>
public sealed class CancelGate(TableServiceClient tables, TimeProvider time)
{
    private const string Cancel = "Cancel";
    private const string Pivot = "Pivot";
    private readonly TableClient _table = tables.GetTableClient(Tables.Notifications);

    /// <summary>Tries to cancel; repeating it changes nothing.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="generation">Which saga of the order.</param>
    /// <param name="by">Who cancels; empty where not known.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where the saga has passed its pivot.</returns>
    public async Task<bool> TryCancelAsync(string orderId, int generation, string by, CancellationToken cancellation) =>
        await _table.TryAddAsync(Row(orderId, generation, Cancel, by), cancellation)
        || (await _table.FindAsync(orderId, Key(generation), cancellation))?.GetString("Holder") == Cancel;

    /// <summary>Whether the saga has passed its pivot.</summary>
    public async Task<bool> IsPassedAsync(string orderId, int generation, CancellationToken cancellation) =>
        (await _table.FindAsync(orderId, Key(generation), cancellation))?.GetString("Holder") == Pivot;

    /// <summary>Tries to pass the pivot, and stores a row of the same partition with that; repeating it changes nothing.</summary>
    /// <returns>False where the saga is cancelled.</returns>
    public async Task<bool> TryPassAsync(string orderId, int generation, TableEntity promise, CancellationToken cancellation)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                [
                    new TableTransactionAction(TableTransactionActionType.Add, Row(orderId, generation, Pivot, by: string.Empty)),
                    new TableTransactionAction(TableTransactionActionType.Add, promise),
                ],
                cancellation);
            return true;
        }
        catch (TableTransactionFailedException failure) when (failure.IsTaken())
        {
            return await IsPassedAsync(orderId, generation, cancellation);
        }
    }

    /// <summary>The gates of an order's sagas that somebody holds.</summary>
    internal async Task<IReadOnlyList<HeldGate>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(IsGate).Select(row => new HeldGate(
            IsCancel: row.GetString("Holder") == Cancel, row.GetString("By"), row.GetDateTimeOffset("At")!.Value)),
    ];

    /// <summary>Whether a row of the table is a gate, and no notification.</summary>
    internal static bool IsGate(TableEntity row) => row.RowKey.StartsWith("gate-", StringComparison.Ordinal);

    private TableEntity Row(string orderId, int generation, string holder, string by) => new(orderId, Key(generation))
    {
        ["Holder"] = holder,
        ["By"] = by,
        ["At"] = time.GetUtcNow(),
    };

    private static string Key(int generation) => $"gate-{generation}";
}
