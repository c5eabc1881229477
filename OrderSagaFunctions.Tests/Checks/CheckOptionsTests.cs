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
    [InlineData("-1 EUR")]
    [InlineData("10000 EUR,")]
    [InlineData("10000 EUR,20000 EUR")]
    [InlineData("10000 EUR,0.5 JPY")]
    [InlineData("10000 EUR,10000 ZZZ")]
    [InlineData("10000 USD")]
    public void Validate_LimitThatCannotBeMeant_NamesIt(string limits) => Assert.Contains(
        $"Checks__CreditLimit is '{limits}'", _validator.Validate(null, new CheckOptions { CreditLimit = limits }).FailureMessage!, StringComparison.Ordinal);

    [Fact]
    public void Validate_CountryThatIsNone_NamesTheKey() => Assert.Contains(
        "Checks__ServedCountries is 'DE,France'",
        _validator.Validate(null, new CheckOptions { ServedCountries = "DE,France" }).FailureMessage,
        StringComparison.Ordinal);
}
