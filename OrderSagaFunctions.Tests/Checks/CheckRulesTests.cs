using Microsoft.Extensions.Options;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Tests.Checks;

public sealed class CheckRulesTests
{
    private static readonly CheckFacts Facts = new("customer-1", "DE", new Money(1_000_000, "EUR"), 100);

    private readonly CheckRules _rules = new(Options.Create(new CheckOptions { ServedCountries = "DE, AT" }));

    [Fact]
    public void Rules_OrderAtEveryLimit_Passes() => Assert.All(
        [_rules.Identity(Facts), _rules.Address(Facts), _rules.Credit(Facts), _rules.Fraud(Facts)], verdict => Assert.Null(verdict.Flag));

    [Theory]
    [InlineData("guest")]
    [InlineData("Anonymous")]
    public void Identity_NobodyInParticular_Flags(string customer) =>
        Assert.Equal("CheckIdentity", _rules.Identity(Facts with { CustomerId = customer }).Flag!.Check);

    [Fact]
    public void Address_CountryNotServed_FlagsNamingIt() =>
        Assert.Contains("FR", _rules.Address(Facts with { ShipToCountry = "FR" }).Flag!.Reason, StringComparison.Ordinal);

    [Fact]
    public void Address_NoCountryOrNoList_Passes()
    {
        Assert.Null(_rules.Address(Facts with { ShipToCountry = null }).Flag);
        Assert.Null(new CheckRules(Options.Create(new CheckOptions())).Address(Facts with { ShipToCountry = "FR" }).Flag);
    }

    [Fact]
    public void Credit_TotalAboveTheLimit_Flags() =>
        Assert.Equal("CheckCredit", _rules.Credit(Facts with { Total = new Money(1_000_001, "EUR") }).Flag!.Check);

    [Theory]
    [InlineData(20_000, "JPY", true)]
    [InlineData(1_500_000, "JPY", true)]
    [InlineData(1_500_001, "JPY", false)]
    [InlineData(9_999_000, "KWD", false)]
    [InlineData(0, "KWD", true)]
    public void Credit_TotalInAnotherCurrency_IsHeldAgainstThatCurrencysLimit(long minor, string currency, bool passes)
    {
        var rules = new CheckRules(Options.Create(new CheckOptions { CreditLimit = "10000 EUR,1500000 JPY" }));

        var flag = rules.Credit(Facts with { Total = new Money(minor, currency) }).Flag;

        Assert.Equal(passes, flag is null);
        Assert.True(flag is null || flag.Reason.Contains(currency, StringComparison.Ordinal), flag?.Reason);
    }

    [Fact]
    public void Fraud_MorePiecesThanUsual_Flags() =>
        Assert.Equal("CheckFraud", _rules.Fraud(Facts with { LargestQuantity = 101 }).Flag!.Check);
}
