namespace OrderSagaFunctions.Ordering;

/// <summary>The activities of the order saga that are not states of their own.</summary>
public static class OrderActivities
{
    /// <summary>Who orders.</summary>
    public const string CheckIdentity = "CheckIdentity";

    /// <summary>Where it goes.</summary>
    public const string CheckAddress = "CheckAddress";

    /// <summary>How much it costs.</summary>
    public const string CheckCredit = "CheckCredit";

    /// <summary>Whether it looks like what a customer orders.</summary>
    public const string CheckFraud = "CheckFraud";

    /// <summary>Stores the saga's story with the order.</summary>
    public const string StoreReport = "StoreReport";
}
