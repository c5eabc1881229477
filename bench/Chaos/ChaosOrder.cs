using System.Globalization;

namespace Bench.Chaos;

/// <summary>An order of the chaos, and what must become of it whatever happens to the host.</summary>
/// <param name="Id">Its id, whose first characters ask for a fault.</param>
/// <param name="Number">Its number, which chooses its items.</param>
/// <param name="UnitPrice">What each piece costs.</param>
/// <param name="Decision">What the reviewer says, where a check flags it.</param>
/// <param name="Succeeds">Whether its saga succeeds.</param>
internal sealed record ChaosOrder(string Id, int Number, decimal UnitPrice, bool? Decision, bool Succeeds)
{
    private const decimal Flagged = 2000m;
    private static readonly string[] Faults = ["1", "11", "2", "22", "3", "33"];

    /// <summary>What it costs in all.</summary>
    public decimal Total => Load.Lines(Number).Sum(static line => line.Quantity) * UnitPrice;

    /// <summary>The order of a number: half of them plain, the others failing at some step or in review, as the dice fall.</summary>
    public static ChaosOrder Of(int seed, int number)
    {
        var dice = new Random(HashCode(seed, number));
        return dice.Next(10) switch
        {
            < 5 => new ChaosOrder(Name("plain", number), number, Load.PlainPrice, Decision: null, Succeeds: true),
            < 8 => new ChaosOrder(Name(Faults[dice.Next(Faults.Length)], number), number, Load.PlainPrice, Decision: null, Succeeds: false),
            var side => new ChaosOrder(Name("review", number), number, Flagged, Decision: side == 8, Succeeds: side == 8),
        };
    }

    /// <summary>The JSON to submit.</summary>
    public byte[] ToJson() => Load.Order(Id, Number, UnitPrice);

    private static string Name(string kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}-chaos-{number}");

    // The same in each run, as System.HashCode is not.
    private static int HashCode(int seed, int number) => unchecked((seed * 31) + (number * 7919));
}
