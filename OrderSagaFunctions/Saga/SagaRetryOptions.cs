using System.ComponentModel.DataAnnotations;

namespace OrderSagaFunctions.Saga;

/// <summary>The settings under <c>Saga__Retry__</c>.</summary>
public sealed class SagaRetryOptions
{
    /// <summary>Attempts of a step, the first included.</summary>
    [Range(1, SagaOptions.MostAttempts)]
    public int Attempts { get; set; } = 4;

    /// <summary>Attempts of a compensation or a notification: longer than a step, because giving up leaves something undone.</summary>
    [Range(1, SagaOptions.MostAttempts)]
    public int CompensationAttempts { get; set; } = 8;

    /// <summary>The longest first wait; each further one may be twice as long.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FirstInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait of all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan MaxInterval { get; set; } = TimeSpan.FromSeconds(8);
}
