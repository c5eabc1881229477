using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Saga;

/// <summary>Rejects settings that contradict each other, or name a step that there is not.</summary>
internal sealed class SagaOptionsValidator(SagaCatalog sagas) : IValidateOptions<SagaOptions>
{
    public ValidateOptionsResult Validate(string? name, SagaOptions options)
    {
        var errors = options.Steps.Keys.Where(step => !IsStep(step)).Select(step => $"Saga__Steps__{step} names no step. Steps are {string.Join(", ", sagas.Activities)}.").ToList();
        if (options.TransientFaults.Length > 0 && !options.FaultInjection)
        {
            errors.Add("Saga__TransientFaults is set but Saga__FaultInjection is not 'true'. Set both, or neither.");
        }

        if (!TransientFault.TryParseAll(options.TransientFaults, out var faults))
        {
            errors.Add($"Saga__TransientFaults is '{options.TransientFaults}', expected 'Step:times' or 'Step:times@keyPrefix', separated by commas.");
        }

        errors.AddRange(faults
            .Where(fault => !IsStep(fault.Step))
            .Select(fault => $"Saga__TransientFaults names '{fault.Step}', which is no step. Steps are {string.Join(", ", sagas.Activities)}."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private bool IsStep(string name) => sagas.Activities.Contains(name, StringComparer.OrdinalIgnoreCase);
}
