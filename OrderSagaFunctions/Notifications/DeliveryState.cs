namespace OrderSagaFunctions.Notifications;

/// <summary>What has become of a notification's delivery.</summary>
public enum DeliveryState
{
    /// <summary>It was stored while there was no webhook: it is not delivered.</summary>
    None,

    /// <summary>It is to be delivered.</summary>
    Pending,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Its attempts have run out: it waits for an operator, and what the order has to tell after it waits with it.</summary>
    Held,

    /// <summary>An operator has said that it need not be delivered.</summary>
    GivenUp,
}
