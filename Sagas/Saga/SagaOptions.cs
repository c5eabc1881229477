using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Sagas;

/// <summary>The settings under <c>Saga__</c>. Durations are written <c>hh:mm:ss</c>.</summary>
public sealed class SagaOptions
{
    /// <summary>Where the settings are.</summary>
    public const string Section = "Saga";

    /// <summary>The most attempts that a setting may ask for.</summary>
    internal const int MostAttempts = 100;

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

/// <summary>Rejects settings that contradict each other, or name a step that there is not.</summary>
public sealed class SagaOptionsValidator(SagaCatalog sagas) : IValidateOptions<SagaOptions>
{
    /// <summary>Checks that each name under <c>Saga__Steps__</c> is a step, compensation or notification of a declared saga.</summary>
    /// <param name="name">The name of the options; it does not matter.</param>
    /// <param name="options">The settings.</param>
    /// <returns>Success, or one message for each unknown name. It lists the names that are known.</returns>
    public ValidateOptionsResult Validate(string? name, SagaOptions options)
    {
        var errors = options.Steps.Keys.Where(step => !IsStep(step)).Select(step => $"Saga__Steps__{step} names no step. Steps are {string.Join(", ", sagas.Activities)}.").ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private bool IsStep(string name) => sagas.Activities.Contains(name, StringComparer.OrdinalIgnoreCase);
}
