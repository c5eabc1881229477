using Microsoft.Extensions.Options;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests.Saga;

/// <summary>Attempts under given settings.</summary>
internal static class Attempts
{
    public static StepAttempt Without() => Under(new SagaOptions());

    public static StepAttempt Under(SagaOptions options) =>
        new(Options.Create(options), new FaultInjector(Options.Create(options)), TimeProvider.System);
}
