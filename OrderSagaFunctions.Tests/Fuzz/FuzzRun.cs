using System.Globalization;

namespace OrderSagaFunctions.Tests.Fuzz;

/// <summary>How long and from which seed the fuzz tests run: <c>ORDER_SAGA_FUZZ</c> cases (3000), <c>ORDER_SAGA_FUZZ_SEED</c> (1).</summary>
internal static class FuzzRun
{
    public static int Cases { get; } = Read("ORDER_SAGA_FUZZ", 3000);

    public static int Seed { get; } = Read("ORDER_SAGA_FUZZ_SEED", 1);

    private static int Read(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
