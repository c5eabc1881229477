using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Orders;

/// <summary>
/// The rows of the Orders table. An order's partition holds its acceptance and contents (row <c>submission</c>), how far it has come (row
/// <c>order</c>), each recovery (row <c>recovery-{number}</c>) and the story of each saga it had (row
/// <c>report-{generation}</c>), so that one query reads all of it.
/// </summary>
internal static class OrderRows
{
    public const string SubmissionKey = "submission";
    public const string OrderKey = "order";
    public const string PlanProperty = "Plan";

    /// <summary>The properties that <see cref="Glance"/> reads: all but the large ones.</summary>
    public static readonly string[] GlanceProperties = ["PartitionKey", "RowKey", "InstanceId", "Generation", "Outcome", "EndedAt", "By", "At", OpenId];

    private const string OpenId = "OpenId";
    private const string ReportPrefix = "report-";
    private const string RecoveryPrefix = "recovery-";

    public static TableEntity Submission(Submission submission, string? openId, DateTimeOffset at) => new(submission.Order.OrderId, SubmissionKey)
    {
        ["InstanceId"] = submission.InstanceId,
        ["BodyHash"] = submission.BodyHash,
        ["CustomerId"] = submission.Order.CustomerId,
        ["TotalMinor"] = submission.Order.Total.Minor,
        ["Currency"] = submission.Order.Currency,
        ["OrderDate"] = submission.Order.OrderDate,
        ["ShipToCountry"] = submission.Order.ShipToCountry,
        ["Lines"] = WriteLines(submission.Order.Lines),
        ["AcceptedAt"] = at,
        [OpenId] = openId,
    };

    public static TableEntity Order(OrderToStore stored, OrderStatus status, DateTimeOffset at, IReadOnlyList<LocationPlan>? plan) => new(stored.Order.OrderId, OrderKey)
    {
        ["Status"] = status.ToString(),
        ["InstanceId"] = stored.InstanceId,
        ["Generation"] = stored.Generation,
        [PlanProperty] = plan is null ? null : WritePlan(plan),
        ["StoredAt"] = at,
    };

    public static TableEntity Report(ReportToStore report, DateTimeOffset at) => new(report.Key, ReportPrefix + report.Generation)
    {
        ["Report"] = JsonSerializer.Serialize(report.Report, AppJson.TypeOf<SagaReport>()),
        ["Outcome"] = report.Report.Outcome?.ToString(),
        ["EndedAt"] = at,
    };

    public static TableEntity Recovery(string orderId, OrderRecovery recovery, OperatorNote note, DateTimeOffset at)
    {
        var row = new TableEntity(orderId, $"{RecoveryPrefix}{recovery.Number:D4}")
        {
            ["InstanceId"] = recovery.InstanceId,
            ["Generation"] = recovery.Generation,
            [OpenId] = recovery.OpenId,
        };
        StoredNote.Write(row, note, at);
        return row;
    }

    public static string WriteLines(IReadOnlyList<OrderLine> lines) =>
        JsonSerializer.Serialize(lines, AppJson.TypeOf<IReadOnlyList<OrderLine>>());

    public static string WritePlan(IReadOnlyList<LocationPlan> plan) => JsonSerializer.Serialize(plan, AppJson.TypeOf<IReadOnlyList<LocationPlan>>());

    /// <summary>From which locations the order comes; null where from one, or where it was stored before there were any.</summary>
    public static IReadOnlyList<LocationPlan>? ReadPlan(TableEntity order) =>
        order.GetString(PlanProperty) is not null && order.Json(PlanProperty, AppJson.StoredTypeOf<IReadOnlyList<LocationPlan>>()) is { Count: > 1 } plan
            ? plan
            : null;

    public static int Generation(TableEntity order) => order.GetInt32("Generation") ?? 1;

    public static DateTimeOffset StoredAt(TableEntity order) => order.Time("StoredAt");

    public static OrderStatus Status(TableEntity order) => order.Choice<OrderStatus>("Status");

    /// <summary>Puts an order's rows together, or returns null where there is no submission among them.</summary>
    public static StoredOrder? Read(IReadOnlyList<TableEntity> rows) =>
        FindSubmission(rows) is { } submission ? Read(submission, rows, ReadReports(rows)) : null;

    /// <summary>Looks at an order's rows, or returns null where there is no submission among them.</summary>
    public static OrderGlance? Glance(IReadOnlyList<TableEntity> rows)
    {
        if (FindSubmission(rows) is not { } submission)
        {
            return null;
        }

        var recovery = ReadRecoveries(rows).LastOrDefault()?.Recovery;
        var generation = LatestGeneration(rows, recovery);
        var report = rows.FirstOrDefault(row => row.RowKey == ReportPrefix + generation);
        return new OrderGlance(
            submission.PartitionKey,
            recovery?.InstanceId ?? submission.Text("InstanceId"),
            generation,
            recovery?.Number ?? 0,
            report?.Choice<SagaOutcome>("Outcome"),
            report?.Time("EndedAt"),
            generation == 1
                ? submission.GetString(OpenId)
                : ReadRecoveries(rows).FirstOrDefault(first => first.Recovery.Generation == generation)?.Recovery.OpenId);
    }

    /// <summary>An order with every saga that it has had, or null where there is no submission among its rows.</summary>
    public static OrderRuns? ReadRuns(IReadOnlyList<TableEntity> rows)
    {
        if (FindSubmission(rows) is not { } submission)
        {
            return null;
        }

        List<StoredReport> reports = [.. ReadReports(rows)];
        return new OrderRuns(Read(submission, rows, reports), submission.GetString("InstanceId"), [.. ReadRecoveries(rows)], reports);
    }

    private static StoredOrder Read(TableEntity submission, IReadOnlyList<TableEntity> rows, IEnumerable<StoredReport> reports)
    {
        var order = rows.FirstOrDefault(row => row.RowKey == OrderKey);
        var recovery = ReadRecoveries(rows).LastOrDefault()?.Recovery;
        var generation = LatestGeneration(rows, recovery);
        var report = reports.FirstOrDefault(report => report.Generation == generation);
        return new StoredOrder
        {
            OrderId = submission.PartitionKey,
            CustomerId = submission.Text("CustomerId"),
            Total = new Money(submission.WholeLong("TotalMinor"), submission.Text("Currency")),
            InstanceId = recovery?.InstanceId ?? submission.Text("InstanceId"),
            Recoveries = recovery?.Number ?? 0,
            AcceptedAt = submission.Time("AcceptedAt"),
            Status = order is null ? OrderStatus.Received : Status(order),
            Generation = generation,
            ShipToCountry = submission.GetString("ShipToCountry"),
            OrderDate = submission.GetDateTimeOffset("OrderDate"),
            Lines = submission.Json("Lines", AppJson.StoredTypeOf<IReadOnlyList<OrderLine>>()),
            // That of an earlier saga is not the plan of one that has not stored the order yet: stock may have been moved since.
            Plan = order is null || Generation(order) != generation ? null : ReadPlan(order),
            Report = report?.Report,
        };
    }

    private static TableEntity? FindSubmission(IReadOnlyList<TableEntity> rows) => rows.FirstOrDefault(row => row.RowKey == SubmissionKey);

    private static int LatestGeneration(IReadOnlyList<TableEntity> rows, OrderRecovery? recovery) =>
        recovery?.Generation ?? (rows.FirstOrDefault(row => row.RowKey == OrderKey) is { } order ? Generation(order) : 1);

    /// <summary>The order's recoveries, the first one first.</summary>
    private static IEnumerable<StoredRecovery> ReadRecoveries(IEnumerable<TableEntity> rows) => rows
        .Where(row => row.RowKey.StartsWith(RecoveryPrefix, StringComparison.Ordinal))
        .Select(row => new StoredRecovery(
            new OrderRecovery(
                int.Parse(row.RowKey.AsSpan(RecoveryPrefix.Length), CultureInfo.InvariantCulture),
                row.Text("InstanceId"),
                row.Whole("Generation"))
            {
                OpenId = row.GetString(OpenId),
            },
            StoredNote.Read(row)));

    /// <summary>The stories of the order's sagas that have ended.</summary>
    private static IEnumerable<StoredReport> ReadReports(IEnumerable<TableEntity> rows) => rows
        .Where(row => row.RowKey.StartsWith(ReportPrefix, StringComparison.Ordinal))
        .Select(row => new StoredReport(
            int.Parse(row.RowKey.AsSpan(ReportPrefix.Length), CultureInfo.InvariantCulture),
            row.Json("Report", AppJson.StoredTypeOf<SagaReport>()),
            row.Time("EndedAt")));
}
