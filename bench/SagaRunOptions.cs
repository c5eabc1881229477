namespace Bench;

/// <summary>How many sagas, and how many at the same time.</summary>
/// <param name="Count">Sagas measured on each path.</param>
/// <param name="InFlight">Sagas under way at the same time.</param>
/// <param name="WarmUp">Sagas before: until then the runtime still compiles what is hot, and a server spends its life after it.</param>
/// <param name="JsonFile">Where the figures are written as well, if anywhere.</param>
internal sealed record SagaRunOptions(int Count, int InFlight, int WarmUp, string? JsonFile)
{
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public static SagaRunOptions Parse(string[] arguments)
    {
        var options = new Options(arguments, "--count", "--in-flight", "--warm-up", "--json");
        return new SagaRunOptions(
            options.Number("--count", 2000), options.Number("--in-flight", 100), options.Number("--warm-up", 5000), options.Text("--json"));
    }
}

/// <summary>Which road the orders take.</summary>
internal enum SagaPath
{
    Success,

    /// <summary>The stock reservation fails: release, refund and order status are compensated.</summary>
    Compensate,
}
