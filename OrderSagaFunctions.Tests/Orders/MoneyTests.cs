using System.Globalization;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Tests.Orders;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("49.9", "EUR", 4990)]
    [InlineData("49.90", "EUR", 4990)]
    [InlineData("0", "EUR", 0)]
    [InlineData("279", "JPY", 279)]
    [InlineData("1.234", "KWD", 1234)]
    public void TryFromAmount_ExactAmount_ConvertsAndBack(string amount, string currency, long minor)
    {
        var value = decimal.Parse(amount, CultureInfo.InvariantCulture);

        Assert.True(Money.TryFromAmount(value, currency, out var money));
        Assert.Equal(minor, money.Minor);
        Assert.Equal(value, money.Amount);
    }

    [Theory]
    [InlineData("0.001", "EUR")]
    [InlineData("0.5", "JPY")]
    [InlineData("1", "XXX")]
    [InlineData("1000000000.01", "EUR")]
    public void TryFromAmount_InexactUnknownOrHuge_IsRefused(string amount, string currency) =>
        Assert.False(Money.TryFromAmount(decimal.Parse(amount, CultureInfo.InvariantCulture), currency, out _));

    [Theory]
    [InlineData(34590, "345.90")]
    [InlineData(300, "3.00")]
    [InlineData(-5, "-0.05")]
    [InlineData(100_000_000_000, "1000000000.00")]
    public void Amount_AnyMinor_ShowsTheCurrencysDecimals(long minor, string text) =>
        Assert.Equal(text, new Money(minor, "EUR").Amount.ToString(CultureInfo.InvariantCulture));
}
