using OrderSagaFunctions.Checks;

namespace OrderSagaFunctions.Tests.Checks;

public sealed class CheckOptionsTests
{
    private readonly CheckOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_AreFine() => Assert.True(_validator.Validate(null, new CheckOptions()).Succeeded);

    [Fact]
    public void Validate_CountriesInAnyCase_AreFine() =>
        Assert.True(_validator.Validate(null, new CheckOptions { ServedCountries = "DE, fr" }).Succeeded);

    [Fact]
    public void Validate_CountryThatIsNone_NamesTheKey() => Assert.Contains(
        "Checks__ServedCountries is 'DE,France'",
        _validator.Validate(null, new CheckOptions { ServedCountries = "DE,France" }).FailureMessage,
        StringComparison.Ordinal);
}
