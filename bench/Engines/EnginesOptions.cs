namespace Bench.Engines;

/// <summary>How large the load is that both engines get.</summary>
/// <param name="Orders">Orders measured under load.</param>
/// <param name="InFlight">How many of them are under way at the same time.</param>
/// <param name="WarmUp">Orders before, which are not measured.</param>
/// <param name="Alone">Orders that are measured one after the other.</param>
internal sealed record EnginesOptions(int Orders, int InFlight, int WarmUp, int Alone)
{
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public static EnginesOptions Parse(string[] arguments)
    {
        var options = new Options(arguments, "--orders", "--in-flight", "--warm-up", "--alone");
        return new EnginesOptions(
            options.Number("--orders", 200), options.Number("--in-flight", 32), options.Number("--warm-up", 100), options.Number("--alone", 20));
    }
}
