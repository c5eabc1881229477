namespace OrderSagaFunctions.Audit;

/// <summary>Something that does not add up.</summary>
/// <param name="Rule">Which rule it breaks.</param>
/// <param name="OrderId">The order, where the rule is about one.</param>
/// <param name="ItemId">The item, where the rule is about stock.</param>
/// <param name="Expected">What the rule asks for.</param>
/// <param name="Found">What the rows say.</param>
public sealed record AuditFinding(AuditRule Rule, string? OrderId, string? ItemId, string Expected, string Found);
