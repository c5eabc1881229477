using FsCheck;
using FsCheck.Fluent;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>What people do at one time.</summary>
/// <param name="Action">What somebody does.</param>
/// <param name="Beside">What somebody else does at the same time, if anything.</param>
/// <param name="Steps">How much of the app's code runs before that; null where all that can.</param>
/// <param name="Pause">How much time has passed before.</param>
internal sealed record CaseMoment(OperatorAction Action, OperatorAction? Beside, int? Steps, TimeSpan Pause)
{
    private const int MostSteps = 400;

    /// <summary>Any moment.</summary>
    public static Gen<CaseMoment> Any { get; } =
        from action in Gen.Elements(Enum.GetValues<OperatorAction>())
        from beside in Gen.Frequency((3, Gen.Constant((OperatorAction?)null)), (1, Gen.Elements(Enum.GetValues<OperatorAction>()).Select(static other => (OperatorAction?)other)))
        from steps in Gen.Frequency((1, Gen.Constant((int?)null)), (1, Gen.Choose(0, MostSteps).Select(static n => (int?)n)))
        from pause in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Elements(1, 5, 3600)))
        select new CaseMoment(action, beside, steps, TimeSpan.FromSeconds(pause));

    /// <summary>The same with less to it.</summary>
    public IEnumerable<CaseMoment> Smaller() =>
    [
        .. Beside is { } other ? (CaseMoment[])[this with { Beside = null }, this with { Action = other, Beside = null }] : [],
        .. Pause > TimeSpan.Zero ? (CaseMoment[])[this with { Pause = TimeSpan.Zero }] : [],
        .. Steps is null ? [] : (CaseMoment[])[this with { Steps = null }],
    ];

    public override string ToString() =>
        $"{(Pause > TimeSpan.Zero ? $"after {Pause:c} " : "")}{(Steps is { } n ? $"after {n} steps " : "")}{Action}{(Beside is { } other ? $" beside {other}" : "")}";
}
