using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Shipments;

/// <summary>
/// The shipments of orders that come from several locations: partition = order, row <c>shipment-{generation}-{location}</c>.
/// Every write is conditional, so that a repeated activity changes nothing.
/// </summary>
public sealed class ShipmentStore(TableServiceClient tables, TimeProvider time)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Shipments);

    /// <summary>Books a shipment, once; refused where it was cancelled before.</summary>
    public async Task<StepResult> BookAsync(StockRequest request, CancellationToken cancellation)
    {
        var row = Row(request, ShipmentState.Booked);
        row["BookedAt"] = time.GetUtcNow();
        return await _table.TryAddAsync(row, cancellation)
            || (await _table.FindAsync(row.PartitionKey, row.RowKey, cancellation))?.GetString("State") == nameof(ShipmentState.Booked)
            ? StepResult.Done
            : new StepResult(Refusal.AlreadyCompensated(ShipmentActivities.BookShipment, request.OrderId));
    }

    /// <summary>Cancels a shipment, once; where none was booked, leaves a tombstone.</summary>
    public async Task<StepResult> CancelAsync(StockRequest request, CancellationToken cancellation)
    {
        var tombstone = Row(request, ShipmentState.Tombstone);
        while (true)
        {
            var stored = await _table.FindAsync(tombstone.PartitionKey, tombstone.RowKey, cancellation);
            if (stored is null ? await _table.TryAddAsync(tombstone, cancellation) : await TryCancelAsync(stored, cancellation))
            {
                return StepResult.Done;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The shipments of an order, tombstones too.</summary>
    public async Task<IReadOnlyList<Shipment>> ReadAsync(string orderId, CancellationToken cancellation) =>
        [.. (await _table.ReadPartitionAsync(orderId, cancellation)).Select(Read)];

    private async Task<bool> TryCancelAsync(TableEntity stored, CancellationToken cancellation)
    {
        var cancelled = new TableEntity(stored.PartitionKey, stored.RowKey)
        {
            ["State"] = nameof(ShipmentState.Cancelled),
            ["CancelledAt"] = time.GetUtcNow(),
        };
        return stored.GetString("State") != nameof(ShipmentState.Booked) || await _table.TryMergeAsync(cancelled, stored.ETag, cancellation);
    }

    private static TableEntity Row(StockRequest request, ShipmentState state) => new(request.OrderId, $"shipment-{request.Generation}-{request.Location}")
    {
        ["State"] = state.ToString(),
        ["Location"] = request.Location,
        ["Generation"] = request.Generation,
        ["ShipmentId"] = EffectId.Of(request.OrderId, "Ship", request.Generation, request.Scope).ToString(),
        ["Items"] = JsonSerializer.Serialize(
            [.. request.Lines.Select(line => new TransactionItem(line.ItemId, line.Quantity))], AppJson.TypeOf<IReadOnlyList<TransactionItem>>()),
    };

    private static Shipment Read(TableEntity row) => new(
        row.GetString("Location"),
        row.Whole("Generation"),
        row.Text("ShipmentId"),
        row.Choice<ShipmentState>("State"),
        row.Json("Items", AppJson.StoredTypeOf<IReadOnlyList<TransactionItem>>()),
        row.GetDateTimeOffset("BookedAt"),
        row.GetDateTimeOffset("CancelledAt"))
    {
        WrittenAt = row.Timestamp!.Value,
    };
}

/// <summary>A shipment of an order from one location.</summary>
/// <param name="Location">Where it goes from.</param>
/// <param name="Generation">Which saga of the order booked it.</param>
/// <param name="ShipmentId">The id, the same however often it was booked.</param>
/// <param name="State">What became of it.</param>
/// <param name="Items">What is in it.</param>
/// <param name="BookedAt">Since when it is booked, where it ever was.</param>
/// <param name="CancelledAt">When it was cancelled, where it was.</param>
public sealed record Shipment(
    string Location,
    int Generation,
    string ShipmentId,
    ShipmentState State,
    IReadOnlyList<TransactionItem> Items,
    DateTimeOffset? BookedAt,
    DateTimeOffset? CancelledAt)
{
    /// <summary>When it last changed, by the store's own clock.</summary>
    [JsonIgnore]
    public DateTimeOffset WrittenAt { get; init; }
}

/// <summary>What became of a shipment.</summary>
public enum ShipmentState
{
    /// <summary>It is booked.</summary>
    Booked,

    /// <summary>It was booked, and was cancelled.</summary>
    Cancelled,

    /// <summary>It was never booked and never will be: the cancellation came first.</summary>
    Tombstone,
}
