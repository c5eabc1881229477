using EmbeddedHost.Testing;
using FsCheck;
using FsCheck.Fluent;
using Sagas;

namespace OrderSagaFunctions.Tests.Properties;

/// <summary>An order's fate, drawn at random: what goes wrong, what people do about it, and when the host dies.</summary>
/// <param name="Seed">The order in which things happen that may happen in any.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="IsFlagged">Whether a person has to look at it.</param>
/// <param name="Payment">What the payment provider makes of it.</param>
/// <param name="OnExhausted">What becomes of a step that fails for good.</param>
/// <param name="OnCompensationFailure">What becomes of a compensation that does.</param>
/// <param name="Faults">What goes wrong.</param>
/// <param name="Moments">What people do, one after the other.</param>
/// <param name="CrashAt">The commit at which the host dies; 0 for none.</param>
/// <param name="Moment">Which side of it.</param>
internal sealed record SagaCase(
    int Seed,
    IReadOnlyList<CaseLine> Lines,
    bool IsFlagged,
    CasePayment Payment,
    ExhaustedPolicy OnExhausted,
    CompensationPolicy OnCompensationFailure,
    IReadOnlyList<CaseFault> Faults,
    IReadOnlyList<CaseMoment> Moments,
    int CrashAt,
    CrashMoment Moment)
{
    private const int MostLines = 4;
    private const int MostFaults = 5;
    private const int MostMoments = 5;
    private const int LastCommit = 40;

    /// <summary>Cases, and for one that fails the smaller ones.</summary>
    public static Arbitrary<SagaCase> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from lines in Between(1, MostLines, CaseLine.Any)
        from isFlagged in Gen.Frequency((2, Gen.Constant(false)), (1, Gen.Constant(true)))
        from payment in Gen.Frequency((8, Gen.Constant(CasePayment.Willing)), (2, Gen.Elements(Enum.GetValues<CasePayment>())))
        from exhausted in Gen.Elements(Enum.GetValues<ExhaustedPolicy>())
        from compensation in Gen.Elements(Enum.GetValues<CompensationPolicy>())
        from faults in Between(0, MostFaults, CaseFault.Any)
        from moments in Between(0, MostMoments, CaseMoment.Any)
        from crash in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, LastCommit)))
        from moment in Gen.Elements(Enum.GetValues<CrashMoment>())
        select new SagaCase(seed, lines, isFlagged, payment, exhausted, compensation, faults, moments, crash, moment),
        Smaller);

    /// <summary>How many pieces of each item it wants.</summary>
    public IReadOnlyDictionary<string, int> Wanted =>
        Lines.GroupBy(static line => line.Item, static line => line.Quantity).ToDictionary(static item => item.Key, static item => item.Sum());

    public override string ToString() =>
        $"seed {Seed}, {(IsFlagged ? "flagged, " : "")}{string.Join(" + ", Lines)}, {Payment}, {OnExhausted}/{OnCompensationFailure}, "
        + $"faults [{string.Join(", ", Faults)}], actions [{string.Join(", ", Moments)}], {(CrashAt == 0 ? "no crash" : $"crash {Moment} {CrashAt}")}";

    private static Gen<List<T>> Between<T>(int least, int most, Gen<T> one) =>
        from count in Gen.Choose(least, most)
        from list in Gen.ListOf(one, count)
        select list.ToList();

    private static IEnumerable<SagaCase> Smaller(SagaCase big) =>
    [
        .. big.CrashAt == 0 ? [] : (SagaCase[])[big with { CrashAt = 0 }],
        .. WithoutOne(big.Faults).Select(fewer => big with { Faults = fewer }),
        .. WithoutOne(big.Moments).Select(fewer => big with { Moments = fewer }),
        .. big.Lines.Count == 1 ? [] : WithoutOne(big.Lines).Select(fewer => big with { Lines = fewer }),
        .. big.IsFlagged ? (SagaCase[])[big with { IsFlagged = false }] : [],
        .. big.Payment == CasePayment.Willing ? [] : (SagaCase[])[big with { Payment = CasePayment.Willing }],
        .. big.Moments.SelectMany((moment, i) => moment.Smaller().Select(smaller =>
            big with { Moments = [.. big.Moments.Take(i), smaller, .. big.Moments.Skip(i + 1)] })),
    ];

    private static IEnumerable<IReadOnlyList<T>> WithoutOne<T>(IReadOnlyList<T> list) =>
        list.Select((_, i) => (IReadOnlyList<T>)[.. list.Where((_, other) => other != i)]);
}
