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
