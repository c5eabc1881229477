namespace OrderSagaFunctions.Payments;

/// <summary>Who moves the money.</summary>
public enum PaymentGatewayKind
{
    /// <summary>Nobody but the ledger: its rows are the movements.</summary>
    Ledger,

    /// <summary>A payment provider over HTTP.</summary>
    Http,
}
