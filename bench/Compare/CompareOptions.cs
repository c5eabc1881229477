namespace Bench.Compare;

/// <summary>Which builds are compared, and how long.</summary>
/// <param name="Before">The app's file (OrderSagaFunctions.dll) of the build to compare with.</param>
/// <param name="Pairs">How often both builds are started anew: how the runtime compiles a process differs from one to the next.</param>
/// <param name="Rounds">Rounds of each pair; each build has a slice in each.</param>
/// <param name="Slice">Sagas of a slice.</param>
/// <param name="InFlight">Sagas under way at the same time.</param>
/// <param name="WarmUp">Sagas of each build before the first round.</param>
internal sealed record CompareOptions(string Before, int Pairs, int Rounds, int Slice, int InFlight, int WarmUp)
{
    /// <exception cref="ArgumentException">An option is not as it should be.</exception>
    public static CompareOptions Parse(string[] arguments)
    {
        var options = new Options(arguments, "--before", "--pairs", "--rounds", "--slice", "--in-flight", "--warm-up");
        var before = options.Text("--before") ?? throw new ArgumentException("The option '--before' is missing: the OrderSagaFunctions.dll of another build.");
        return new CompareOptions(
            File.Exists(before) ? Path.GetFullPath(before) : throw new ArgumentException($"The option '--before' needs the file of a build; there is no '{before}'."),
            options.Number("--pairs", 3),
            options.Number("--rounds", 10),
            options.Number("--slice", 600),
            options.Number("--in-flight", 100),
            options.Number("--warm-up", 8000));
    }
}
