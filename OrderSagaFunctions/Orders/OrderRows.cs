using System.Text.Json;
using Azure.Data.Tables;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>
/// The rows of the Orders table. An order's partition holds its acceptance (row <c>submission</c>), the order itself (row
/// <c>order</c>) and the story of each saga it had (row <c>report-{generation}</c>), so that one query reads all of it.
/// </summary>
internal static class OrderRows
{
    public const string SubmissionKey = "submission";
    public const string OrderKey = "order";
    private const string ReportPrefix = "report-";

    public static TableEntity Submission(Submission submission, DateTimeOffset at) => new(submission.Order.OrderId, SubmissionKey)
    {
        ["InstanceId"] = submission.InstanceId,
        ["BodyHash"] = submission.BodyHash,
        ["CustomerId"] = submission.Order.CustomerId,
        ["TotalMinor"] = submission.Order.Total.Minor,
        ["Currency"] = submission.Order.Currency,
        ["AcceptedAt"] = at,
    };

    public static TableEntity Order(OrderToStore stored, OrderStatus status, DateTimeOffset at) => new(stored.Order.OrderId, OrderKey)
    {
        ["Status"] = status.ToString(),
        ["InstanceId"] = stored.InstanceId,
        ["Generation"] = stored.Generation,
        ["OrderDate"] = stored.Order.OrderDate,
        ["ShipToCountry"] = stored.Order.ShipToCountry,
        ["Lines"] = WriteLines(stored.Order.Lines),
        ["StoredAt"] = at,
    };

    public static TableEntity Report(ReportToStore report, DateTimeOffset at) => new(report.OrderId, ReportPrefix + report.Generation)
    {
        ["Report"] = JsonSerializer.Serialize(report.Report, AppJson.TypeOf<SagaReport>()),
        ["Outcome"] = report.Report.Outcome?.ToString(),
        ["EndedAt"] = at,
    };

    public static string WriteLines(IReadOnlyList<OrderLine> lines) =>
        JsonSerializer.Serialize(lines, AppJson.TypeOf<IReadOnlyList<OrderLine>>());

    public static OrderStatus Status(TableEntity order) => Enum.Parse<OrderStatus>(order.GetString("Status"));

    /// <summary>Puts an order's rows together, or returns null where there is no submission among them.</summary>
    public static StoredOrder? Read(IReadOnlyList<TableEntity> rows)
    {
        var submission = rows.FirstOrDefault(row => row.RowKey == SubmissionKey);
        if (submission is null)
        {
            return null;
        }

        var order = rows.FirstOrDefault(row => row.RowKey == OrderKey);
        var generation = order?.GetInt32("Generation") ?? 1;
        var report = rows.FirstOrDefault(row => row.RowKey == ReportPrefix + generation);
        return new StoredOrder
        {
            OrderId = submission.PartitionKey,
            CustomerId = submission.GetString("CustomerId"),
            Total = new Money(submission.GetInt64("TotalMinor") ?? 0, submission.GetString("Currency")),
            InstanceId = submission.GetString("InstanceId"),
            AcceptedAt = submission.GetDateTimeOffset("AcceptedAt")!.Value,
            Status = order is null ? OrderStatus.Received : Status(order),
            Generation = generation,
            OrderDate = order?.GetDateTimeOffset("OrderDate"),
            Lines = order is null ? [] : JsonSerializer.Deserialize(order.GetString("Lines"), AppJson.TypeOf<IReadOnlyList<OrderLine>>())!,
            Report = report is null ? null : JsonSerializer.Deserialize(report.GetString("Report"), AppJson.TypeOf<SagaReport>()),
        };
    }
}
