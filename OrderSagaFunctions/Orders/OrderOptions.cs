namespace OrderSagaFunctions.Orders;

/// <summary>The settings under <c>Orders__</c>.</summary>
public sealed class OrderOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Orders";

    /// <summary>The ISO 4217 code of an order that names no currency.</summary>
    public string DefaultCurrency { get; set; } = "EUR";
}
