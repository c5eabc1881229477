using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Reading;
using Sagas;

namespace OrderSagaFunctions.Demo;

/// <summary>
/// Makes chosen sagas fail, for demonstrations and tests: which ones is told by the first characters of their keys. Does
/// nothing at all unless <c>Saga__FaultInjection=true</c>.
/// </summary>
internal sealed class FaultInjector : IAttemptObserver
{
    private readonly bool _enabled;
    private readonly FaultScenarios _scenarios;
    private readonly IReadOnlyList<TransientFault> _transientFaults;
    private readonly ConcurrentDictionary<(string Step, string Key), int> _attempts = new();

    /// <summary>Reads the settings once; they do not change while the app runs.</summary>
    public FaultInjector(IOptions<FaultOptions> options, FaultScenarios scenarios)
    {
        _scenarios = scenarios;
        _enabled = options.Value.FaultInjection;
        _transientFaults = _enabled && TransientFault.TryParseAll(options.Value.TransientFaults, out var faults) ? faults : [];
    }

    /// <summary>The published name of an activity's injected error.</summary>
    public static string NameOf(string activity) => $"Err{activity}";

    /// <summary>Fails the first attempts that <c>Saga__TransientFaults</c> names, before they have done anything.</summary>
    /// <exception cref="IOException">This attempt is one of them.</exception>
    public void Before(string step, string key)
    {
        foreach (var fault in _transientFaults)
        {
            if (string.Equals(fault.Step, step, StringComparison.OrdinalIgnoreCase)
                && key.StartsWith(fault.KeyPrefix, StringComparison.Ordinal)
                && _attempts.AddOrUpdate((step, key), 1, (_, before) => before + 1) <= fault.Times)
            {
                throw new IOException($"{step} of {key} was made to fail once more (Saga__TransientFaults).");
            }
        }
    }

    /// <summary>Fails a scenario's step after it has written, so that its compensation finds something to undo.</summary>
    /// <exception cref="NotRetriableException">The saga's key asks for it: retrying it would only repeat the script.</exception>
    public void After(string step, string key)
    {
        if (_enabled && _scenarios.KeyPrefixes.TryGetValue(step, out var prefix) && key.StartsWith(prefix, StringComparison.Ordinal))
        {
            throw new NotRetriableException(NameOf(step));
        }
    }
}

/// <summary>The settings under <c>Saga__</c> that only demonstrations and tests set.</summary>
internal sealed class FaultOptions
{
    /// <summary>Where the settings are: they stood there before the demo had options of its own.</summary>
    public const string Section = SagaOptions.Section;

    /// <summary>Whether sagas fail on purpose by the first characters of their keys. Off unless set.</summary>
    public bool FaultInjection { get; set; }

    /// <summary>Steps whose first attempts fail, such as <c>ProcessPayment:2</c> or <c>ProcessPayment:2@slow-</c> for keys that start so; needs <see cref="FaultInjection"/>.</summary>
    public string TransientFaults { get; set; } = string.Empty;
}

/// <summary>Rejects faults that contradict each other, or name an activity that there is not.</summary>
internal sealed class FaultOptionsValidator(SagaCatalog sagas) : IValidateOptions<FaultOptions>
{
    public ValidateOptionsResult Validate(string? name, FaultOptions options)
    {
        var errors = new List<string>();
        if (options.TransientFaults.Length > 0 && !options.FaultInjection)
        {
            errors.Add("Saga__TransientFaults is set but Saga__FaultInjection is not 'true'. Set both, or neither.");
        }

        if (!TransientFault.TryParseAll(options.TransientFaults, out var faults))
        {
            errors.Add($"Saga__TransientFaults is '{options.TransientFaults}', expected 'Step:times' or 'Step:times@keyPrefix', separated by commas.");
        }

        errors.AddRange(faults
            .Where(fault => !sagas.Activities.Contains(fault.Step, StringComparer.OrdinalIgnoreCase))
            .Select(fault => $"Saga__TransientFaults names '{fault.Step}', which is no step. Steps are {string.Join(", ", sagas.Activities)}."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }
}

/// <summary>Which sagas fail on purpose, and where: after the activity has acted.</summary>
/// <param name="KeyPrefixes">What the key of such a saga starts with, by the activity that fails for it.</param>
public sealed record FaultScenarios(IReadOnlyDictionary<string, string> KeyPrefixes);

/// <summary>A step whose first attempts fail on purpose and technically, so that its retries can be seen.</summary>
/// <param name="Step">The activity's name.</param>
/// <param name="Times">How many attempts of each saga fail, those of its children counted together.</param>
/// <param name="KeyPrefix">What the keys of the sagas concerned start with; empty for all.</param>
internal sealed record TransientFault(string Step, int Times, string KeyPrefix)
{
    public static bool TryParseAll(string setting, out IReadOnlyList<TransientFault> faults)
    {
        var parsed = setting
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Parse)
            .ToList();
        faults = [.. parsed.OfType<TransientFault>()];
        return faults.Count == parsed.Count;
    }

    private static TransientFault? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var end = at < 0 ? text.Length : at;
        return colon > 0 && end > colon && Numbers.TryWhole(text.AsSpan(colon + 1, end - colon - 1), 1, int.MaxValue, out var times)
            ? new TransientFault(text[..colon], (int)times, at < 0 ? string.Empty : text[(at + 1)..])
            : null;
    }
}
