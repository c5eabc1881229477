namespace OrderSagaFunctions.Payments;

/// <summary>What the provider says it has done.</summary>
internal enum ProviderOutcome
{
    /// <summary>The money was taken.</summary>
    Debited,

    /// <summary>The money was given back.</summary>
    Credited,

    /// <summary>There was nothing to give back, and the debit is kept out from now on.</summary>
    NothingDebited,
}
