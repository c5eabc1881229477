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
    [InlineData("4.99e1", "EUR", 4990)]
    [InlineData("10000000000e-1", "EUR", 100_000_000_000)]
    [InlineData("1e-4", "CLF", 1)]
    [InlineData("1e9", "UYW", 10_000_000_000_000)]
    public void TryParse_ExactAmount_ConvertsAndBack(string amount, string currency, long minor)
    {
        Assert.True(Money.TryParse(amount, currency, out var money));
        Assert.Equal(minor, money.Minor);
        Assert.Equal(decimal.Parse(amount, NumberStyles.Float, CultureInfo.InvariantCulture), money.Amount);
    }

    [Theory]
    [InlineData("0.001", "EUR")]
    [InlineData("0.5", "JPY")]
    [InlineData("1", "XXX")]
    [InlineData("1000000000.01", "EUR")]
    [InlineData("1e999999999", "EUR")]
    [InlineData("1e-999999999", "EUR")]
    [InlineData("12e-1", "JPY")]
    [InlineData("0.00001", "CLF")]
    public void TryParse_InexactUnknownOrHuge_IsRefused(string amount, string currency) => Assert.False(Money.TryParse(amount, currency, out _));

    [Theory]
    [InlineData(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF")]
    [InlineData(2, "AED CHF CNY EUR GBP INR MXN PLN SEK USD XCG ZAR ZWG")]
    [InlineData(3, "BHD IQD JOD KWD LYD OMR TND")]
    [InlineData(4, "CLF UYW")]
    public void DigitsOf_ActiveCode_AreTheStandards(int digits, string codes) =>
        Assert.All(codes.Split(' '), code => Assert.Equal(digits, Currencies.DigitsOf(code)));

    [Theory]
    [InlineData("XAU")]
    [InlineData("XDR")]
    [InlineData("XTS")]
    [InlineData("XXX")]
    [InlineData("DEM")]
    [InlineData("HRK")]
    [InlineData("eur")]
    [InlineData("")]
    public void DigitsOf_CodeWithoutMinorUnitOrNone_AreNotKnown(string code) => Assert.Null(Currencies.DigitsOf(code));

    [Theory]
    [InlineData(34590, "345.90")]
    [InlineData(300, "3.00")]
    [InlineData(-5, "-0.05")]
    [InlineData(100_000_000_000, "1000000000.00")]
    public void Amount_AnyMinor_ShowsTheCurrencysDecimals(long minor, string text) =>
        Assert.Equal(text, new Money(minor, "EUR").Amount.ToString(CultureInfo.InvariantCulture));
}
