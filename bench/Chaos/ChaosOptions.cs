namespace Bench.Chaos;

/// <summary>How often the host is killed, under how much load, and by which dice.</summary>
internal sealed record ChaosOptions(int Kills, int InFlight, int Seed)
{
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public static ChaosOptions Parse(string[] arguments)
    {
        var options = new Options(arguments, "--kills", "--in-flight", "--seed");
        return new ChaosOptions(
            options.Number("--kills", 200), options.Number("--in-flight", 32), options.Number("--seed", Random.Shared.Next(1, int.MaxValue)));
    }
}
