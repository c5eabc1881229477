namespace OrderSagaFunctions.Ordering;

/// <summary>
/// The roads that the order saga has had. A replay has to take the turns that the first run took, so a change of the road is a
/// new version and a branch on it; an order ends on the road that it began on.
/// </summary>
public static class OrderVersions
{
    /// <summary>All stock is reserved in one step.</summary>
    public const int First = 1;

    /// <summary>Stock at several locations is reserved by a saga each, which also books the shipment from there.</summary>
    public const int ByLocation = 2;

    /// <summary>What new orders take.</summary>
    public const int Current = ByLocation;
}
