using EmbeddedHost.Testing;
using FsCheck;
using FsCheck.Fluent;
using OrderSagaFunctions.Checks;
using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Shipments;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>Something that goes wrong.</summary>
/// <param name="Activity">Where.</param>
/// <param name="Kind">How.</param>
/// <param name="Attempt">From which of its runs on; null for each.</param>
/// <param name="Times">In how many.</param>
/// <param name="Location">For which location's child only; null for all.</param>
/// <param name="For">How long it hangs, or how late it acts; null for ever.</param>
internal sealed record CaseFault(string Activity, FaultKind Kind, int? Attempt, int Times, string? Location, TimeSpan? For)
{
    // What no saga can do without comes back after some attempts.
    private static readonly string[] Support =
    [
        SagaActivities.Park, SagaActivities.DecidePark, SagaActivities.ConfirmCancel, SagaActivities.OpenIncidents, SagaActivities.CloseIncident,
    ];

    private static readonly string[] Checks =
        [CheckActivities.CheckIdentity, CheckActivities.CheckAddress, CheckActivities.CheckCredit, CheckActivities.CheckFraud];

    private static readonly string[] OfALocation =
    [
        InventoryActivities.ReserveInventory, InventoryActivities.ReleaseInventory, NotificationActivities.NotifyReleaseInventoryFail,
        ShipmentActivities.BookShipment, ShipmentActivities.CancelShipment, NotificationActivities.NotifyCancelShipmentFail,
    ];

    private static readonly string[] OfTheOrder =
    [
        OrderActivities.ProcessOrder, SagaActivities.RequestReview, SagaActivities.DecideReview, PaymentActivities.ProcessPayment, NotificationActivities.NotifySuccess,
        PaymentActivities.ProcessRefund, OrderActivities.UpdateOrderStatus, NotificationActivities.NotifyProcessRefundFail, NotificationActivities.NotifyUpdateOrderFail,
        OrderActivities.StoreReport,
    ];

    private static readonly FaultKind[] Repeatable = [FaultKind.Throw, FaultKind.ActThenFail, FaultKind.FailThenAct];

    /// <summary>Any fault.</summary>
    public static Gen<CaseFault> Any { get; } =
        from activity in Gen.Frequency((5, Gen.Elements(OfTheOrder)), (5, Gen.Elements(OfALocation)), (2, Gen.Elements(Support)), (1, Gen.Elements(Checks)))
        from kind in Gen.Elements(Enum.GetValues<FaultKind>())
        from attempt in Gen.Frequency((3, Gen.Choose(1, 3).Select(static n => (int?)n)), (1, Gen.Constant((int?)null)))
        from times in Gen.Elements(1, 1, 2)
        from location in Gen.Frequency((2, Gen.Constant((string?)null)), (1, Gen.Elements("north", "south", "east").Select(static name => (string?)name)))
        from time in Gen.Elements(1, 15, 120, 4000)
        from isEndless in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new CaseFault(
            activity,
            kind,
            // A host that crashes at each attempt never gets further.
            Repeatable.Contains(kind) && !Support.Contains(activity) ? attempt : attempt ?? 1,
            times,
            OfALocation.Contains(activity) ? location : null,
            kind switch
            {
                FaultKind.Hang when isEndless => null,
                FaultKind.Hang or FaultKind.FailThenAct => TimeSpan.FromSeconds(time),
                _ => null,
            });

    /// <summary>Whether it takes a restart to get past it.</summary>
    public bool IsEndless => Kind == FaultKind.Hang && For is null;

    /// <summary>The same in the test host's words.</summary>
    public IEnumerable<Fault> ToFaults() => Enumerable.Range(0, Attempt is null ? 1 : Times).Select(later =>
        new Fault(Activity, Kind) { Attempt = Attempt + later, InputContains = Location is null ? null : $"\"{Location}\"", For = For });

    public override string ToString() =>
        $"{Activity}{(Location is null ? "" : "@" + Location)} {(Attempt is { } n ? $"#{n}{(Times > 1 ? $"-{n + Times - 1}" : "")}" : "always")} {Kind}{(For is { } time ? $" {time:c}" : "")}";
}
