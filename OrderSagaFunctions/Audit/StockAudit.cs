using OrderSagaFunctions.Inventory;
using Sagas.Storage;

namespace OrderSagaFunctions.Audit;

/// <summary>Audits the stock item by item, from its rows alone.</summary>
public sealed class StockAudit(StockCatalog catalog, InventoryReader inventory)
{
    private const int Counts = 5;

    /// <summary>Counts every item; what runs meanwhile may change stock, but never one side of the account without the other.</summary>
    internal async Task RunAsync(AuditTally tally, CancellationToken cancellation)
    {
        await foreach (var itemId in catalog.ListIdsAsync(cancellation))
        {
            try
            {
                var count = await CountAsync(itemId, cancellation);
                tally.AddItem(inMotion: count is null, count is null ? [] : [.. Check(itemId, count)]);
            }
            catch (UnreadableRowException unreadable)
            {
                tally.AddItem(inMotion: false, [AuditFinding.Of(unreadable.Row, orderId: null, itemId)]);
            }
        }
    }

    private async Task<StockCount?> CountAsync(string itemId, CancellationToken cancellation)
    {
        for (var i = 0; i < Counts; i++)
        {
            if (await inventory.CountAsync(itemId, cancellation) is { } count)
            {
                return count;
            }
        }

        return null;
    }

    private static IEnumerable<AuditFinding> Check(string itemId, StockCount count)
    {
        if (count.OnHand + count.Reserved != count.PutIn)
        {
            yield return new AuditFinding(
                AuditRule.StockAddsUp, null, itemId, $"{count.PutIn} pieces, as were put in", $"{count.OnHand} on hand and {count.Reserved} reserved");
        }

        if (count.Reserved != count.HeldByOrders)
        {
            yield return new AuditFinding(
                AuditRule.ReservationsAddUp, null, itemId, $"{count.HeldByOrders} pieces reserved, as its orders hold", $"{count.Reserved}");
        }
    }
}
