namespace OrderSagaFunctions.Orders;

/// <summary>Money as the API shows it.</summary>
/// <param name="Amount">In major units.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public sealed record MoneyView(decimal Amount, string Currency)
{
    /// <summary>Shows an amount.</summary>
    public static MoneyView Of(Money money) => new(money.Amount, money.Currency);
}
