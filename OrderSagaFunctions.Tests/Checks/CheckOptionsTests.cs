using Microsoft.Extensions.Options;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Tests.Checks;

public sealed class CheckOptionsTests
{
    private readonly CheckOptionsValidator _validator = new(Options.Create(new OrderOptions()));

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new CheckOptions()).Succeeded);

    [Fact]
    public void Validate_CountriesInAnyCase_AreFine() =>
        Assert.True(_validator.Validate(null, new CheckOptions { ServedCountries = "DE, fr" }).Succeeded);

    [Theory]
    [InlineData("10000 EUR, 1500000 JPY,0.500 KWD")]
    [InlineData("0 EUR")]
    public void Validate_ALimitForEachCurrency_IsFine(string limits) =>
        Assert.True(_validator.Validate(null, new CheckOptions { CreditLimit = limits }).Succeeded);

    [Theory]
    [InlineData("10000")]
    [InlineData("")]
    [InlineData("10000 eur")]
    [InlineData("EUR 10000")]
    [InlineData("10000  EUR")]
    [InlineData("1,000 EUR")]
    [InlineData("1e4 EUR")]
    [InlineData("10000 EUR,")]
    [InlineData("10000 EUR,20000 EUR")]
    [InlineData("10000 EUR,0.5 JPY")]
    [InlineData("10000 EUR,10000 ZZZ")]
    [InlineData("10000 USD")]
    public void Validate_LimitThatCannotBeMeant_NamesIt(string limits) => Assert.Contains(
        $"Checks__CreditLimit is '{limits}'", _validator.Validate(null, new CheckOptions { CreditLimit = limits }).FailureMessage!, StringComparison.Ordinal);

    [Fact]
    public void Validate_SettingsThatCannotBeMeant_NamesEachKey()
    {
        var message = _validator.Validate(null, new CheckOptions { CreditLimit = "-1 EUR", MaxQuantity = 0, ServedCountries = "DE,France" }).FailureMessage!;

        Assert.Contains("Checks__CreditLimit is '-1 EUR'", message, StringComparison.Ordinal);
        Assert.Contains("Checks__MaxQuantity is 0", message, StringComparison.Ordinal);
        Assert.Contains("Checks__ServedCountries is 'DE,France'", message, StringComparison.Ordinal);
    }
}
