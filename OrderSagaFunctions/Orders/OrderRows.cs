using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Orders;

/// <summary>
/// The rows of the Orders table. An order's partition holds its acceptance (row <c>submission</c>), the order itself (row
/// <c>order</c>), each recovery (row <c>recovery-{number}</c>) and the story of each saga it had (row
/// <c>report-{generation}</c>), so that one query reads all of it.
/// </summary>
internal static class OrderRows
{
    public const string SubmissionKey = "submission";
    public const string OrderKey = "order";
    private const string ReportPrefix = "report-";
    private const string RecoveryPrefix = "recovery-";

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

    public static TableEntity Recovery(string orderId, Recovery recovery, string by, DateTimeOffset at) =>
        new(orderId, $"{RecoveryPrefix}{recovery.Number:D4}")
        {
            ["InstanceId"] = recovery.InstanceId,
            ["Generation"] = recovery.Generation,
            ["By"] = by,
            ["At"] = at,
        };

    public static string WriteLines(IReadOnlyList<OrderLine> lines) =>
        JsonSerializer.Serialize(lines, AppJson.TypeOf<IReadOnlyList<OrderLine>>());

    public static int Generation(TableEntity order) => order.GetInt32("Generation") ?? 1;

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
        var recovery = ReadLatestRecovery(rows);
        var generation = recovery?.Generation ?? order?.GetInt32("Generation") ?? 1;
        var report = rows.FirstOrDefault(row => row.RowKey == ReportPrefix + generation);
        return new StoredOrder
        {
            OrderId = submission.PartitionKey,
            CustomerId = submission.GetString("CustomerId"),
            Total = new Money(submission.GetInt64("TotalMinor") ?? 0, submission.GetString("Currency")),
            InstanceId = recovery?.InstanceId ?? submission.GetString("InstanceId"),
            Recoveries = recovery?.Number ?? 0,
            AcceptedAt = submission.GetDateTimeOffset("AcceptedAt")!.Value,
            Status = order is null ? OrderStatus.Received : Status(order),
            Generation = generation,
            ShipToCountry = order?.GetString("ShipToCountry"),
            OrderDate = order?.GetDateTimeOffset("OrderDate"),
            Lines = order is null ? [] : JsonSerializer.Deserialize(order.GetString("Lines"), AppJson.TypeOf<IReadOnlyList<OrderLine>>())!,
            Report = report is null ? null : JsonSerializer.Deserialize(report.GetString("Report"), AppJson.TypeOf<SagaReport>()),
        };
    }

    private static Recovery? ReadLatestRecovery(IReadOnlyList<TableEntity> rows) =>
        rows.LastOrDefault(row => row.RowKey.StartsWith(RecoveryPrefix, StringComparison.Ordinal)) is { } row
            ? new Recovery(
                int.Parse(row.RowKey.AsSpan(RecoveryPrefix.Length), CultureInfo.InvariantCulture),
                row.GetString("InstanceId"),
                row.GetInt32("Generation")!.Value)
            : null;
}
