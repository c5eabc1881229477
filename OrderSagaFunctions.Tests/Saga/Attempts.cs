using Microsoft.Extensions.Options;
using OrderSagaFunctions.Demo;
using OrderSagaFunctions.Ordering;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

/// <summary>Attempts under given settings.</summary>
internal static class Attempts
{
    /// <summary>The app's own sagas.</summary>
    public static SagaCatalog Sagas { get; } = new([OrderSteps.Definition]);

    public static StepAttempt Without() => Under(new SagaOptions());

    public static StepAttempt Under(SagaOptions options, FaultOptions? faults = null) =>
        new(Options.Create(options), Sagas, [new FaultInjector(Options.Create(faults ?? new FaultOptions()), OrderScenarios.Faults)], TimeProvider.System);
}
