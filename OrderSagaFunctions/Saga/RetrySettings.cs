namespace OrderSagaFunctions.Saga;

/// <summary>How often something is tried, and how the waits between grow: they double from the first up to the cap.</summary>
/// <param name="Attempts">Attempts in all, the first included.</param>
/// <param name="FirstInterval">The longest first wait; the actual one is jittered below it.</param>
/// <param name="MaxInterval">The cap that the doubling stops at.</param>
public sealed record RetrySettings(int Attempts, TimeSpan FirstInterval, TimeSpan MaxInterval);
