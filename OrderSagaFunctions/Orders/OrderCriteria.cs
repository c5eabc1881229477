using Azure.Data.Tables;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Orders;

/// <summary>What orders are searched by. Whatever is null does not matter.</summary>
internal sealed record OrderCriteria
{
    /// <summary>How far the order has come.</summary>
    public OrderStatus? Status { get; init; }

    /// <summary>How its saga ended.</summary>
    public SagaOutcome? Outcome { get; init; }

    /// <summary>Who ordered.</summary>
    public string? CustomerId { get; init; }

    /// <summary>The earliest time at which it was accepted.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>The time before which it was accepted.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether a check has flagged it.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>Whether its saga waits for an operator.</summary>
    public bool? IsParked { get; init; }

    /// <summary>Whether its saga has not ended.</summary>
    public bool? IsRunning { get; init; }

    /// <summary>Whether a step of its saga, or of a child of that, is tried again.</summary>
    public bool? IsRetrying { get; init; }

    /// <summary>What its id begins with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether it has an open incident.</summary>
    public bool? HasIncident { get; init; }
}

/// <summary>What the Orders table is asked for in a search.</summary>
internal static class OrderFilter
{
    /// <summary>The rows that lead to every order which may meet the criteria: the rarest that the table can be asked for.</summary>
    public static string Of(OrderCriteria wanted) => wanted switch
    {
        { CustomerId: not null } => OfSubmissions(wanted),
        { Outcome: { } outcome } => TableClient.CreateQueryFilter($"Outcome eq {outcome.ToString()}"),
        { Status: { } status and not OrderStatus.Received } =>
            TableClient.CreateQueryFilter($"RowKey eq {OrderRows.OrderKey} and Status eq {status.ToString()}"),
        _ => OfSubmissions(wanted),
    };

    private static string OfSubmissions(OrderCriteria wanted)
    {
        string?[] parts =
        [
            TableClient.CreateQueryFilter($"RowKey eq {OrderRows.SubmissionKey}"),
            wanted.CustomerId is { } customer ? TableClient.CreateQueryFilter($"CustomerId eq {customer}") : null,
            wanted.From is { } from ? TableClient.CreateQueryFilter($"AcceptedAt ge {from}") : null,
            wanted.To is { } to ? TableClient.CreateQueryFilter($"AcceptedAt lt {to}") : null,
        ];
        return parts.Aggregate(TableScans.And)!;
    }
}
