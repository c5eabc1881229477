using OrderSagaFunctions.Ordering;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

/// <summary>The app's own sagas.</summary>
internal static class Catalogs
{
    public static SagaCatalog Orders { get; } = new([OrderSteps.Definition]);
}
