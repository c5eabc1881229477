namespace OrderSagaFunctions.Saga;

/// <summary>How one activity is tried, where the settings say so: what is null is as its step or the general settings have it.</summary>
/// <param name="Attempts">Attempts in all, the first included.</param>
/// <param name="FirstInterval">The longest first wait.</param>
/// <param name="MaxInterval">The longest wait of all.</param>
public sealed record RetryOverride(int? Attempts, TimeSpan? FirstInterval, TimeSpan? MaxInterval)
{
    /// <summary>What comes of it where the rest is as given.</summary>
    public RetrySettings Over(RetrySettings general) => new(
        Attempts ?? general.Attempts, FirstInterval ?? general.FirstInterval, MaxInterval ?? general.MaxInterval);
}
