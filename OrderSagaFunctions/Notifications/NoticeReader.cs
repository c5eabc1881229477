using Azure.Data.Tables;
using Sagas;
using Sagas.Decisions;
using Sagas.Storage;

namespace OrderSagaFunctions.Notifications;

/// <summary>Reads what has been told about an order.</summary>
public sealed class NoticeReader(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Notifications);

    /// <summary>The order's notifications, in no particular order.</summary>
    internal async Task<IReadOnlyList<WrittenNotice>> ReadAsync(string orderId, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(orderId, cancellation)).Where(row => !CancelGate.IsGate(row))
            .Select(row => new WrittenNotice(row.Text("type"), row.Time("time"))),
    ];
}

/// <summary>The <c>data</c> of a notification's CloudEvent.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">How its saga ends.</param>
/// <param name="Error">What failed, where something did.</param>
public sealed record NoticeData(string OrderId, SagaOutcome Outcome, string? Error)
{
    /// <summary>At which of several locations; null where that does not matter.</summary>
    public string? Location { get; init; }
}

/// <summary>A notification that has been written.</summary>
/// <param name="Type">The event's type.</param>
/// <param name="At">When.</param>
internal sealed record WrittenNotice(string Type, DateTimeOffset At);
