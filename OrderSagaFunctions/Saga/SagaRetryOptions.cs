namespace OrderSagaFunctions.Saga;

/// <summary>The settings under <c>Saga__Retry__</c>.</summary>
public sealed class SagaRetryOptions
{
    /// <summary>Attempts of a step, the first included.</summary>
    public int Attempts { get; set; } = 4;

    /// <summary>Attempts of a compensation or a notification: longer than a step, because giving up leaves something undone.</summary>
    public int CompensationAttempts { get; set; } = 8;

    /// <summary>The longest first wait; each further one may be twice as long.</summary>
    public TimeSpan FirstInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait of all.</summary>
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(8);
}
