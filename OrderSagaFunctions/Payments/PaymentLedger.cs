using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// The money moved, one row a movement: partition = order, row = type and generation. The row's key makes a repeated
/// movement meet its earlier self; a tombstone in the debit's place keeps a debit out that comes after its refund. Where
/// no provider is configured, its rows are the movements themselves.
/// </summary>
public sealed class PaymentLedger(TableServiceClient tables, TimeProvider time) : IPaymentGateway
{
    private const string Tombstone = "Tombstone";
    private readonly TableClient _table = tables.GetTableClient(Tables.Payments);

    /// <summary>Debits the order's total, once.</summary>
    /// <returns>Done; refused where the refund has come first.</returns>
    public async Task<StepResult> DebitAsync(PaymentRequest request, CancellationToken cancellation) =>
        await _table.TryAddAsync(Movement(TransactionType.Debit, request, request.Total), cancellation)
        || await StateOfAsync(request.OrderId, request.Generation, cancellation) == LedgerState.Debited
            ? StepResult.Done
            : new StepResult(Refusal.AlreadyCompensated(PaymentActivities.ProcessPayment, request.OrderId));

    /// <summary>Credits what was debited, once; where nothing was, it leaves a tombstone.</summary>
    public async Task<StepResult> CreditAsync(PaymentRequest request, CancellationToken cancellation)
    {
        var debitKey = RowKey(TransactionType.Debit, request.Generation);
        var debit = await _table.FindAsync(request.OrderId, debitKey, cancellation);
        if (debit is null)
        {
            var tombstone = new TableEntity(request.OrderId, debitKey) { ["Type"] = Tombstone, ["At"] = time.GetUtcNow() };
            if (await _table.TryAddAsync(tombstone, cancellation))
            {
                return StepResult.Done;
            }

            // The debit came in between, and so is there to be read now.
            debit = await _table.FindAsync(request.OrderId, debitKey, cancellation);
        }

        if (debit is not null && !IsTombstone(debit))
        {
            var debited = new Money(debit.WholeLong("AmountMinor"), debit.Text("Currency"));
            await _table.TryAddAsync(Movement(TransactionType.Credit, request, debited), cancellation);
        }

        return StepResult.Done;
    }

    /// <summary>How the money of one saga of an order stands.</summary>
    public async Task<LedgerState> StateOfAsync(string orderId, int generation, CancellationToken cancellation)
    {
        var rows = await _table.ReadPartitionAsync(orderId, cancellation);
        if (rows.FirstOrDefault(row => row.RowKey == RowKey(TransactionType.Debit, generation)) is not { } debit)
        {
            return LedgerState.Untouched;
        }

        return IsTombstone(debit) || rows.Any(row => row.RowKey == RowKey(TransactionType.Credit, generation))
            ? LedgerState.Undone
            : LedgerState.Debited;
    }

    /// <summary>The movements of an order, in no particular order.</summary>
    public async Task<IEnumerable<OrderTransaction>> ReadAsync(string orderId, CancellationToken cancellation)
    {
        var rows = await _table.ReadPartitionAsync(orderId, cancellation);
        return rows.Where(row => !IsTombstone(row)).Select(row => new OrderTransaction(
            row.Choice<TransactionType>("Type"),
            row.Text("TransactionId"),
            row.Time("At"))
        {
            Amount = new Money(row.WholeLong("AmountMinor"), row.Text("Currency")).Amount,
            Currency = row.GetString("Currency"),
        });
    }

    /// <summary>An order's rows, tombstones included.</summary>
    internal async Task<IReadOnlyList<LedgerRow>> ReadRowsAsync(string orderId, CancellationToken cancellation)
    {
        var rows = await _table.ReadPartitionAsync(orderId, cancellation);
        return [.. rows.Select(row => new LedgerRow(
            IsTombstone(row) ? null : row.Choice<TransactionType>("Type"),
            row.RowKey[(row.RowKey.LastIndexOf('-') + 1)..],
            IsTombstone(row) ? default : new Money(row.WholeLong("AmountMinor"), row.Text("Currency")),
            row.Timestamp!.Value))];
    }

    private TableEntity Movement(TransactionType type, PaymentRequest request, Money amount) =>
        new(request.OrderId, RowKey(type, request.Generation))
        {
            ["Type"] = type.ToString(),
            ["TransactionId"] = request.IdOf(type).ToString(),
            ["AmountMinor"] = amount.Minor,
            ["Currency"] = amount.Currency,
            ["At"] = time.GetUtcNow(),
        };

    private static string RowKey(TransactionType type, int generation) =>
        type == TransactionType.Debit ? $"debit-{generation}" : $"credit-{generation}";

    private static bool IsTombstone(TableEntity row) => string.Equals(row.GetString("Type"), Tombstone, StringComparison.Ordinal);
}

/// <summary>A row of the ledger, tombstones included.</summary>
/// <param name="Type">What was moved, or null for a tombstone in a debit's place.</param>
/// <param name="Generation">Which saga of the order, as the row's key has it.</param>
/// <param name="Amount">How much; nothing in a tombstone.</param>
/// <param name="WrittenAt">When, by the store's own clock.</param>
internal sealed record LedgerRow(TransactionType? Type, string Generation, Money Amount, DateTimeOffset WrittenAt);

/// <summary>How the money of one saga of an order stands.</summary>
public enum LedgerState
{
    /// <summary>Nothing is known to have been moved.</summary>
    Untouched,

    /// <summary>Debited.</summary>
    Debited,

    /// <summary>Credited, or kept from being debited at all: nothing moves any more.</summary>
    Undone,
}
