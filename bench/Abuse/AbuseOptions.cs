namespace Bench.Abuse;

/// <summary>How much abuse, for how long, and how many orders beside it.</summary>
/// <param name="Connections">Connections that are never quiet.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="OrdersASecond">Orders that a well-behaved client sends each second meanwhile.</param>
/// <param name="LongestP99">What 99 of 100 of these may take until they are accepted, in milliseconds.</param>
internal sealed record AbuseOptions(int Connections, int Seconds, int OrdersASecond, int LongestP99)
{
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public static AbuseOptions Parse(string[] arguments)
    {
        var options = new Options(arguments, "--connections", "--seconds", "--orders", "--p99");
        return new AbuseOptions(
            options.Number("--connections", 2000), options.Number("--seconds", 60), options.Number("--orders", 50), options.Number("--p99", 1000));
    }
}
