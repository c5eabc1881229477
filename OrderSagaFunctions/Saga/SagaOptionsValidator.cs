using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Saga;

/// <summary>Refuses settings that cannot be meant, at start, naming the key as it is written in the environment.</summary>
internal sealed class SagaOptionsValidator(SagaCatalog sagas) : IValidateOptions<SagaOptions>
{
    private const int MostAttempts = 100;
    private static readonly TimeSpan LongestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestAttempt = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(365);

    public ValidateOptionsResult Validate(string? name, SagaOptions options)
    {
        var errors = new List<string>();
        Attempts(errors, "Saga__Retry__Attempts", options.Retry.Attempts);
        Attempts(errors, "Saga__Retry__CompensationAttempts", options.Retry.CompensationAttempts);
        Time(errors, "Saga__Retry__FirstInterval", options.Retry.FirstInterval, LongestInterval);
        Time(errors, "Saga__Retry__MaxInterval", options.Retry.MaxInterval, LongestInterval);
        Time(errors, "Saga__AttemptTimeout", options.AttemptTimeout, LongestAttempt);
        Time(errors, "Saga__ReviewTimeout", options.ReviewTimeout, LongestWait);
        Time(errors, "Saga__ParkTimeout", options.ParkTimeout, LongestWait);
        Choice(errors, "Saga__OnCompensationFailure", options.OnCompensationFailure);
        Choice(errors, "Saga__OnStepExhausted", options.OnStepExhausted);

        foreach (var (step, special) in options.Steps)
        {
            Step(errors, step, special);
        }

        Faults(errors, options);
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private void Step(List<string> errors, string step, SagaStepOptions special)
    {
        var key = $"Saga__Steps__{step}";
        if (!sagas.Activities.Contains(step, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add($"{key} names no step. Steps are {string.Join(", ", sagas.Activities)}.");
        }

        Attempts(errors, $"{key}__Attempts", special.Attempts ?? 1);
        Time(errors, $"{key}__FirstInterval", special.FirstInterval ?? TimeSpan.Zero, LongestInterval);
        Time(errors, $"{key}__MaxInterval", special.MaxInterval ?? TimeSpan.Zero, LongestInterval);
        Time(errors, $"{key}__AttemptTimeout", special.AttemptTimeout ?? TimeSpan.Zero, LongestAttempt);
    }

    private static void Faults(List<string> errors, SagaOptions options)
    {
        if (options.TransientFaults.Length > 0 && !options.FaultInjection)
        {
            errors.Add("Saga__TransientFaults is set but Saga__FaultInjection is not 'true'. Set both, or neither.");
        }

        if (!TransientFault.TryParseAll(options.TransientFaults, out _))
        {
            errors.Add($"Saga__TransientFaults is '{options.TransientFaults}', expected 'Step:times' or 'Step:times@keyPrefix', separated by commas.");
        }
    }

    private static void Choice<T>(List<string> errors, string key, T value)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            errors.Add($"{key} is '{value}', expected one of {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }

    private static void Attempts(List<string> errors, string key, int value)
    {
        if (value is < 1 or > MostAttempts)
        {
            errors.Add($"{key} is {value}, expected 1 to {MostAttempts}.");
        }
    }

    private static void Time(List<string> errors, string key, TimeSpan value, TimeSpan longest)
    {
        if (value < TimeSpan.Zero || value > longest)
        {
            errors.Add($"{key} is {value:c}, expected 00:00:00 to {longest:c}, written hh:mm:ss.fff (a bare number counts days).");
        }
    }
}
