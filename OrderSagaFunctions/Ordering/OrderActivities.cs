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

    /// <summary>Publishes the review task.</summary>
    public const string RequestReview = "RequestReview";

    /// <summary>Settles at the review gate who decided.</summary>
    public const string DecideReview = "DecideReview";
}
