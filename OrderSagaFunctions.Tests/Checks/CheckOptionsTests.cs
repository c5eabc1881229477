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
    public void Validate_SettingsThatCannotBeMeant_NamesEachKey()
    {
        var message = _validator.Validate(null, new CheckOptions { CreditLimit = -1, MaxQuantity = 0, ServedCountries = "DE,France" }).FailureMessage!;

        Assert.Contains("Checks__CreditLimit is -1", message, StringComparison.Ordinal);
        Assert.Contains("Checks__MaxQuantity is 0", message, StringComparison.Ordinal);
        Assert.Contains("Checks__ServedCountries is 'DE,France'", message, StringComparison.Ordinal);
    }
}
