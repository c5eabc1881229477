using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Audit;

/// <summary>Something that does not add up.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="OrderId">The order, where the rule is about one.</param>
/// <param name="ItemId">The item, where the rule is about stock.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="Found">What the rows say.</param>
public sealed record AuditFinding(AuditRule Rule, string? OrderId, string? ItemId, string Expected, string Found)
{
    /// <summary>A row that cannot be read.</summary>
    internal static AuditFinding Of(UnreadableRow row, string? orderId, string? itemId) => new(
        AuditRule.RowsAreReadable, orderId, itemId, $"row '{row.Row}' of '{row.Partition}' can be read", $"{row.Property} is {row.Problem}");
}
