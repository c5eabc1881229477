namespace OrderSagaFunctions.Saga;

/// <summary>The settings under <c>Saga__Steps__{name}__</c>: what is unset is as for every other step.</summary>
public sealed class SagaStepOptions
{
    /// <summary>Attempts, the first included.</summary>
    public int? Attempts { get; set; }

    /// <summary>The longest first wait.</summary>
    public TimeSpan? FirstInterval { get; set; }

    /// <summary>The longest wait of all.</summary>
    public TimeSpan? MaxInterval { get; set; }

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan? AttemptTimeout { get; set; }

    internal RetryOverride ToOverride() => new(Attempts, FirstInterval, MaxInterval);
}
