using System.ComponentModel.DataAnnotations;

namespace OrderSagaFunctions.Saga;

/// <summary>The settings under <c>Saga__</c>. Durations are written <c>hh:mm:ss</c>.</summary>
public sealed class SagaOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Saga";

    /// <summary>The most attempts that a setting may ask for.</summary>
    public const int MostAttempts = 100;

    /// <summary>Whether sagas fail on purpose by the first characters of their keys, as <see cref="FaultInjector"/> says. Off unless set.</summary>
    public bool FaultInjection { get; set; }

    /// <summary>Steps whose first attempts fail, such as <c>ProcessPayment:2</c> or <c>ProcessPayment:2@slow-</c> for keys that start so; needs <see cref="FaultInjection"/>.</summary>
    public string TransientFaults { get; set; } = string.Empty;

    /// <summary>What to do when a compensation has failed for good.</summary>
    public CompensationPolicy OnCompensationFailure { get; set; } = CompensationPolicy.Continue;

    /// <summary>How long a saga waits for a person's review before it counts as rejected.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ReviewTimeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>What to do when a step's attempts have run out.</summary>
    public ExhaustedPolicy OnStepExhausted { get; set; } = ExhaustedPolicy.Compensate;

    /// <summary>How long a parked step waits for an operator before the saga goes backward.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan ParkTimeout { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long one attempt of an activity may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How steps and compensations are retried.</summary>
    public SagaRetryOptions Retry { get; set; } = new();

    /// <summary>What differs for single steps and compensations, by name.</summary>
    public IDictionary<string, SagaStepOptions> Steps { get; set; } = new Dictionary<string, SagaStepOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long one attempt of the named activity may take, where the settings say so for it.</summary>
    public TimeSpan? AttemptTimeoutOf(string name) => Steps.TryGetValue(name, out var special) ? special.AttemptTimeout : null;

    /// <summary>The part of the settings that an orchestrator's decisions depend on.</summary>
    public SagaSettings ToSagaSettings()
    {
        var step = new RetrySettings(Retry.Attempts, Retry.FirstInterval, Retry.MaxInterval);
        return new SagaSettings(
            OnCompensationFailure,
            ReviewTimeout,
            OnStepExhausted,
            ParkTimeout,
            step,
            step with { Attempts = Retry.CompensationAttempts },
            Steps.Count == 0 ? null : Steps.ToDictionary(special => special.Key, special => special.Value.ToOverride(), StringComparer.Ordinal));
    }
}
