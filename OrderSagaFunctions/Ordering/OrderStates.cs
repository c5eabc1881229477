namespace OrderSagaFunctions.Ordering;

/// <summary>The states of the order saga that are not also the name of the activity that does it.</summary>
public static class OrderStates
{
    /// <summary>Looks at the order from four sides at once; reads only.</summary>
    public const string Checks = "Checks";

    /// <summary>Waits for a person, where a check has flagged the order.</summary>
    public const string Review = "Review";

    /// <summary>The good end.</summary>
    public const string OrderSucceeded = "OrderSucceeded";

    /// <summary>The other end, after whatever compensation was possible.</summary>
    public const string OrderFailed = "OrderFailed";

    /// <summary>The same where somebody cancelled the order.</summary>
    public const string OrderCancelled = "OrderCancelled";
}
