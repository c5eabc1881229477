namespace OrderSagaFunctions.Payments;

/// <summary>The body of the provider's answers.</summary>
/// <param name="Outcome">What it has done.</param>
/// <param name="Code">Why it refuses.</param>
internal sealed record ProviderAnswer(ProviderOutcome? Outcome = null, string? Code = null);
