using Microsoft.Extensions.Options;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests.Saga;

/// <summary>Attempts under given settings.</summary>
internal static class Attempts
{
    /// <summary>The app's own sagas.</summary>
    public static SagaCatalog Sagas { get; } = new([OrderSteps.Definition]);

    public static StepAttempt Without() => Under(new SagaOptions());

    public static StepAttempt Under(SagaOptions options) =>
        new(Options.Create(options), Sagas, new FaultInjector(Options.Create(options), OrderScenarios.Faults), TimeProvider.System);
}
