namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>A test that needs the Bicep compiler, which the build restores on Linux on x64.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.Compiler is null ? "The Bicep compiler is restored on Linux on x64 alone." : null;
}
