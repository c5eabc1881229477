using Azure.Data.Tables;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Orders;

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
