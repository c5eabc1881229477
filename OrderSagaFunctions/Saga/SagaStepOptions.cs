using System.ComponentModel.DataAnnotations;

namespace OrderSagaFunctions.Saga;

/// <summary>The settings under <c>Saga__Steps__{name}__</c>: what is unset is as for every other step.</summary>
public sealed class SagaStepOptions
{
    /// <summary>Attempts, the first included.</summary>
    [Range(1, SagaOptions.MostAttempts)]
    public int? Attempts { get; set; }

    /// <summary>The longest first wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? FirstInterval { get; set; }

    /// <summary>The longest wait of all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? MaxInterval { get; set; }

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan? AttemptTimeout { get; set; }

    internal RetryOverride ToOverride() => new(Attempts, FirstInterval, MaxInterval);
}
