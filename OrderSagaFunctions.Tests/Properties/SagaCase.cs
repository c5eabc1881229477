using EmbeddedHost.Testing;
using FsCheck;
using FsCheck.Fluent;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>An order's fate, drawn at random: what goes wrong, what people do about it, and when the host dies.</summary>
/// <param name="Seed">The order in which things happen that may happen in any.</param>
/// <param name="IsFlagged">Whether a person has to look at it.</param>
/// <param name="Wants">How many pieces it wants, of ten.</param>
/// <param name="OnExhausted">What becomes of a step that fails for good.</param>
/// <param name="OnCompensationFailure">What becomes of a compensation that does.</param>
/// <param name="Faults">What goes wrong: an activity, which of its runs, and how.</param>
/// <param name="Actions">What people do, one after the other.</param>
/// <param name="CrashAt">The commit at which the host dies; 0 for none.</param>
/// <param name="Moment">Which side of it.</param>
internal sealed record SagaCase(
    int Seed,
    bool IsFlagged,
    int Wants,
    ExhaustedPolicy OnExhausted,
    CompensationPolicy OnCompensationFailure,
    IReadOnlyList<(string Activity, int Attempt, FaultKind Kind)> Faults,
    IReadOnlyList<OperatorAction> Actions,
    int CrashAt,
    CrashMoment Moment)
{
    private const int MostFaults = 5;
    private const int MostActions = 4;
    private const int LastCommit = 40;

    private static readonly string[] Activities =
    [
        OrderStates.ProcessOrder, OrderActivities.CheckFraud, OrderActivities.RequestReview, OrderActivities.DecideReview,
        OrderStates.ProcessPayment, OrderStates.ReserveInventory, OrderStates.NotifySuccess, OrderStates.ReleaseInventory,
        OrderStates.ProcessRefund, OrderStates.UpdateOrderStatus, OrderStates.NotifyReleaseInventoryFail, OrderStates.NotifyProcessRefundFail,
        SagaActivities.ConfirmCancel, SagaActivities.Park, SagaActivities.DecidePark,
    ];

    /// <summary>Cases, and for one that fails the smaller ones.</summary>
    public static Arbitrary<SagaCase> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from isFlagged in Gen.Elements(true, false)
        from wants in Gen.Elements(1, 10, 11)
        from exhausted in Gen.Elements(Enum.GetValues<ExhaustedPolicy>())
        from compensation in Gen.Elements(Enum.GetValues<CompensationPolicy>())
        from faults in UpTo(MostFaults, Fault)
        from actions in UpTo(MostActions, Gen.Elements(Enum.GetValues<OperatorAction>()))
        from crash in Gen.Choose(0, LastCommit)
        from moment in Gen.Elements(Enum.GetValues<CrashMoment>())
        select new SagaCase(seed, isFlagged, wants, exhausted, compensation, faults, actions, crash, moment),
        Smaller);

    public override string ToString() =>
        $"seed {Seed}, {(IsFlagged ? "flagged, " : "")}{Wants} pieces, {OnExhausted}/{OnCompensationFailure}, faults [{string.Join(", ", Faults)}], "
        + $"actions [{string.Join(", ", Actions)}], {(CrashAt == 0 ? "no crash" : $"crash {Moment} {CrashAt}")}";

    private static Gen<(string Activity, int Attempt, FaultKind Kind)> Fault =>
        from activity in Gen.Elements(Activities)
        from attempt in Gen.Choose(1, 3)
        from kind in Gen.Elements(FaultKind.Throw, FaultKind.ActThenFail, FaultKind.Crash, FaultKind.ActThenCrash)
        select (activity, attempt, kind);

    private static Gen<List<T>> UpTo<T>(int most, Gen<T> one) =>
        from count in Gen.Choose(0, most)
        from list in Gen.ListOf(one, count)
        select list.ToList();

    private static IEnumerable<SagaCase> Smaller(SagaCase big) =>
    [
        .. big.CrashAt == 0 ? [] : (SagaCase[])[big with { CrashAt = 0 }],
        .. big.Faults.Select((_, i) => big with { Faults = [.. big.Faults.Where((_, other) => other != i)] }),
        .. big.Actions.Select((_, i) => big with { Actions = [.. big.Actions.Where((_, other) => other != i)] }),
        .. big.IsFlagged ? (SagaCase[])[big with { IsFlagged = false }] : [],
    ];
}
