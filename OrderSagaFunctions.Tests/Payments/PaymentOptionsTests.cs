using OrderSagaFunctions.Payments;

namespace OrderSagaFunctions.Tests.Payments;

public sealed class PaymentOptionsTests
{
    private const string Address = "https://payments.example/v1";

    [Fact]
    public void Defaults_NeedNoProvider() => Assert.Null(Errors(new PaymentOptions()));

    [Theory]
    [InlineData(Address, "hush")]
    [InlineData("http://localhost:8080", "hush")]
    [InlineData("http://payments.internal/v1/", "")]
    public void Validate_ProviderThatCanBeReached_IsFine(string address, string key) => Assert.Null(Errors(Http(address, key)));

    [Theory]
    [InlineData(null, "", "Payments__BaseUrl is missing")]
    [InlineData("payments", "", "Payments__BaseUrl")]
    [InlineData("ftp://payments.example", "", "Payments__BaseUrl")]
    [InlineData("https://user:hush@payments.example", "", "Payments__BaseUrl")]
    [InlineData("https://payments.example?key=hush", "", "Payments__BaseUrl")]
    [InlineData("http://payments.example", "hush", "in the clear")]
    [InlineData(Address, "hush\nhush", "Payments__KeyHeader")]
    public void Validate_SettingThatCannotBeMeant_NamesItsKeyAndNoSecret(string? address, string key, string named)
    {
        var errors = Errors(Http(address, key))!;

        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_HeaderThatIsNone_NamesItsKey() =>
        Assert.Contains("Payments__KeyHeader is 'not a header'", Errors(Http(Address, "hush", "not a header")), StringComparison.Ordinal);

    [Fact]
    public void Validate_ProviderThatNobodyAsks_SaysSo() =>
        Assert.Contains("Payments__Gateway", Errors(new PaymentOptions { BaseUrl = new Uri(Address) }), StringComparison.Ordinal);

    private static PaymentOptions Http(string? address, string key, string header = "X-Api-Key") => new()
    {
        Gateway = PaymentGatewayKind.Http,
        BaseUrl = address is null ? null : new Uri(address, UriKind.RelativeOrAbsolute),
        KeyHeader = header,
        Key = key,
    };

    private static string? Errors(PaymentOptions options) => new PaymentOptionsValidator().Validate(null, options).FailureMessage;
}
