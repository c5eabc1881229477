namespace OrderSagaFunctions.Tests.Properties;

/// <summary>What the payment provider makes of an order.</summary>
internal enum CasePayment
{
    Willing,
    RefusesDebit,

    /// <summary>The first time it is asked.</summary>
    RefusesCredit,
}
