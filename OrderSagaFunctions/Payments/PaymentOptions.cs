using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Payments;

/// <summary>The settings under <c>Payments__</c>.</summary>
public sealed class PaymentOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Payments";

    /// <summary>Who moves the money.</summary>
    public PaymentGatewayKind Gateway { get; set; } = PaymentGatewayKind.Ledger;

    /// <summary>Where the provider's API is: <c>debits</c> and <c>credits</c> lie under it.</summary>
    public Uri? BaseUrl { get; set; }

    /// <summary>The header that carries the secret.</summary>
    public string KeyHeader { get; set; } = "X-Api-Key";

    /// <summary>What the header holds, such as <c>Bearer …</c>; empty where the provider asks for nothing. It is never logged.</summary>
    public string Key { get; set; } = string.Empty;
}

/// <summary>Who moves the money.</summary>
public enum PaymentGatewayKind
{
    /// <summary>Nobody but the ledger: its rows are the movements.</summary>
    Ledger,

    /// <summary>A payment provider over HTTP.</summary>
    Http,
}

/// <summary>Refuses a provider that cannot be reached so, or not without telling others the key.</summary>
internal sealed class PaymentOptionsValidator : IValidateOptions<PaymentOptions>
{
    public ValidateOptionsResult Validate(string? name, PaymentOptions options) => Find(options) is { } error
        ? ValidateOptionsResult.Fail(error)
        : ValidateOptionsResult.Success;

    private static string? Find(PaymentOptions options) => options switch
    {
        { Gateway: PaymentGatewayKind.Ledger, BaseUrl: null } => null,
        { Gateway: PaymentGatewayKind.Ledger } =>
            "Payments__BaseUrl is set but Payments__Gateway is not 'Http', so that nobody would be charged. Set both, or neither.",
        { BaseUrl: null } => "Payments__Gateway is 'Http' but Payments__BaseUrl is missing, expected the address of the provider's API.",
        { BaseUrl: var url } when !IsPlainHttp(url) =>
            "Payments__BaseUrl is not an http or https address without user, query and fragment, such as https://payments.example/v1.",
        { Key.Length: > 0, BaseUrl: { IsLoopback: false, Scheme: "http" } } =>
            "Payments__BaseUrl is http, which would send Payments__Key in the clear. Use https, or a provider on this machine.",
        { Key.Length: > 0 } when !CanBeSent(options) =>
            $"Payments__KeyHeader is '{options.KeyHeader}' with a Payments__Key that is not shown here, expected a header's name and a value without control characters.",
        _ => null,
    };

    private static bool IsPlainHttp(Uri url) =>
        url is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };

    private static bool CanBeSent(PaymentOptions options)
    {
        using var probe = new HttpRequestMessage();
        return probe.Headers.TryAddWithoutValidation(options.KeyHeader, options.Key) && !options.Key.Any(char.IsControl);
    }
}
