using System.Collections.Frozen;

namespace Sagas;

/// <summary>The sagas that an app declares.</summary>
public sealed class SagaCatalog
{
    private readonly SagaDefinition[] _definitions;
    private readonly FrozenDictionary<string, TimeSpan> _attemptTimeouts;
    private readonly FrozenSet<string> _activities;
    private readonly FrozenSet<string> _compensations;
    private readonly FrozenSet<string> _pivots;

    /// <param name="definitions">The sagas.</param>
    /// <exception cref="InvalidOperationException">Two have one name, or one cannot be called so.</exception>
    public SagaCatalog(IEnumerable<SagaDefinition> definitions)
    {
        _definitions = EachOnce([.. definitions]);
        Array.ForEach(_definitions, Validate);
        // Asked for in every attempt of every activity.
        _activities = Activities.ToFrozenSet(StringComparer.Ordinal);
        _pivots = _definitions.SelectMany(static saga => saga.Steps)
            .Where(static step => step.Kind == StepKind.Pivot).SelectMany(static step => step.Activities).ToFrozenSet(StringComparer.Ordinal);
        _compensations = _definitions.SelectMany(static saga => saga.Compensations).Select(static compensation => compensation.Name).ToFrozenSet(StringComparer.Ordinal);
        _attemptTimeouts = Activities
            .Select(activity => (Activity: activity, Limit: DeclaredTimeoutOf(activity)))
            .Where(static declared => declared.Limit is not null)
            .ToFrozenDictionary(static declared => declared.Activity, static declared => declared.Limit!.Value, StringComparer.Ordinal);
    }

    /// <summary>Every activity that may be tried: those of the steps, and those that each saga of the kit uses.</summary>
    public IReadOnlyList<string> Activities =>
        [.. _definitions.SelectMany(definition => definition.Activities).Concat(SagaActivities.All).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether an activity is one of these.</summary>
    internal bool IsActivity(string name) => _activities.Contains(name);

    /// <summary>Whether an activity undoes a step of one of the sagas.</summary>
    internal bool IsCompensation(string activity) => _compensations.Contains(activity);

    /// <summary>The names of the sagas.</summary>
    public IEnumerable<string> Names => _definitions.Select(definition => definition.Name);

    /// <summary>A saga by name, or null where there is none.</summary>
    public SagaDefinition? Find(string name) => Array.Find(_definitions, definition => definition.Name == name);

    /// <summary>The saga that a key belongs to, by what the key begins with; null if it is none's, or that of one whose keys begin with nothing.</summary>
    internal SagaDefinition? OfKey(string key) =>
        Array.Find(_definitions, saga => saga.KeyPrefix.Length > 0 && key.StartsWith(saga.KeyPrefix, StringComparison.Ordinal));

    /// <summary>Whether an activity is the pivot of one of the sagas.</summary>
    internal bool IsPivot(string activity) => _pivots.Contains(activity);

    // Richardson: what comes after the point of no return is done, however long it takes, and never undone.
    private static void Validate(SagaDefinition saga)
    {
        var pivots = saga.Steps.Where(static step => step.Kind == StepKind.Pivot).ToList();
        if (pivots.Count > 1)
        {
            throw new InvalidOperationException($"The saga '{saga.Name}' has two pivots, '{pivots[0].Name}' and '{pivots[1].Name}': expected one at most.");
        }

        foreach (var step in saga.Steps.SkipWhile(static step => step.Kind != StepKind.Pivot))
        {
            if (step.Compensation is { } compensation)
            {
                throw new InvalidOperationException(
                    $"The saga '{saga.Name}' has '{compensation.Name}' undo '{step.Name}', which does not come before its pivot '{pivots[0].Name}': nothing is undone from there on.");
            }

            if (step.Kind == StepKind.Compensatable)
            {
                throw new InvalidOperationException(
                    $"The saga '{saga.Name}' has the step '{step.Name}' after its pivot '{pivots[0].Name}': expected it to be {nameof(StepKind.Retriable)}.");
            }
        }

        if (pivots.Count == 0 && saga.Steps.FirstOrDefault(static step => step.Kind == StepKind.Retriable) is { } retriable)
        {
            throw new InvalidOperationException($"The saga '{saga.Name}' has the {nameof(StepKind.Retriable)} step '{retriable.Name}' and no pivot: expected one before it.");
        }
    }

    // A name is part of the keys, and a child shares those of its parent.
    private static SagaDefinition[] EachOnce(SagaDefinition[] definitions) =>
        Array.Find(definitions, definition => !SagaKey.IsId(definition.Name)) is { } misnamed
            ? throw new InvalidOperationException($"The saga '{misnamed.Name}' cannot be called so: expected {SagaKey.IdRule}.")
            : definitions.GroupBy(definition => definition.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new InvalidOperationException($"Two sagas are called '{twice.Key}'. Give each a name of its own: its keys begin with it.")
                : definitions;

    /// <summary>How long one attempt of an activity may take, where a declaration says so.</summary>
    internal TimeSpan? AttemptTimeoutOf(string activity) => _attemptTimeouts.TryGetValue(activity, out var limit) ? limit : null;

    private TimeSpan? DeclaredTimeoutOf(string activity) =>
        _definitions.Select(definition => definition.AttemptTimeoutOf(activity)).FirstOrDefault(limit => limit is not null);
}
