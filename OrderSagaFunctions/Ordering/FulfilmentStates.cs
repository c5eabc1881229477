namespace OrderSagaFunctions.Ordering;

/// <summary>The states of a fulfilment saga that the order saga does not have itself.</summary>
public static class FulfilmentStates
{
    /// <summary>Books the shipment from one location.</summary>
    public const string BookShipment = "BookShipment";

    /// <summary>Cancels it.</summary>
    public const string CancelShipment = "CancelShipment";

    /// <summary>Tells that it could not be cancelled.</summary>
    public const string NotifyCancelShipmentFail = "NotifyCancelShipmentFail";

    /// <summary>The good end.</summary>
    public const string Fulfilled = "FulfilmentSucceeded";

    /// <summary>The other end, after whatever compensation was possible.</summary>
    public const string Failed = "FulfilmentFailed";

    /// <summary>The same where somebody cancelled the order.</summary>
    public const string Cancelled = "FulfilmentCancelled";
}
