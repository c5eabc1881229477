using Azure.Data.Tables;
using OrderSagaFunctions.Cancellation;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>Reads what has been told about an order.</summary>
public sealed class NoticeReader(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Tables.Notifications);

    /// <summary>The order's notifications, in no particular order.</summary>
    internal async Task<IReadOnlyList<WrittenNotice>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(row => !CancelGate.IsGate(row))
            .Select(row => new WrittenNotice(row.Text("type"), row.Time("time"))),
    ];
}
