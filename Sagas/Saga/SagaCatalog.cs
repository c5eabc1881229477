using System.Collections.Frozen;

namespace Sagas;

/// <summary>The sagas that an app declares.</summary>
public sealed class SagaCatalog
{
    private readonly SagaDefinition[] _definitions;
    private readonly FrozenDictionary<string, TimeSpan> _attemptTimeouts;

    /// <param name="definitions">The sagas.</param>
    /// <exception cref="InvalidOperationException">Two have one name, or one cannot be called so.</exception>
    public SagaCatalog(IEnumerable<SagaDefinition> definitions)
    {
        _definitions = EachOnce([.. definitions]);
        // Asked for in every attempt of every activity.
        _attemptTimeouts = Activities
            .Select(activity => (Activity: activity, Limit: DeclaredTimeoutOf(activity)))
            .Where(static declared => declared.Limit is not null)
            .ToFrozenDictionary(static declared => declared.Activity, static declared => declared.Limit!.Value, StringComparer.Ordinal);
    }

    /// <summary>Every activity that may be tried: those of the steps, and those that each saga of the kit uses.</summary>
    public IReadOnlyList<string> Activities =>
        [.. _definitions.SelectMany(definition => definition.Activities).Concat(SagaActivities.All).Distinct(StringComparer.Ordinal)];

    /// <summary>The names of the sagas.</summary>
    public IEnumerable<string> Names => _definitions.Select(definition => definition.Name);

    /// <summary>A saga by name, or null where there is none.</summary>
    public SagaDefinition? Find(string name) => Array.Find(_definitions, definition => definition.Name == name);

    // A name is part of the keys, and a child shares those of its parent.
    private static SagaDefinition[] EachOnce(SagaDefinition[] definitions) =>
        Array.Find(definitions, definition => !SagaKey.IsId(definition.Name)) is { } misnamed
            ? throw new InvalidOperationException($"The saga '{misnamed.Name}' cannot be called so: expected {SagaKey.IdRule}.")
            : definitions.GroupBy(definition => definition.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new InvalidOperationException($"Two sagas are called '{twice.Key}'. Give each a name of its own: its keys begin with it.")
                : definitions;

    /// <summary>How long one attempt of an activity may take, where a declaration says so.</summary>
    public TimeSpan? AttemptTimeoutOf(string activity) => _attemptTimeouts.TryGetValue(activity, out var limit) ? limit : null;

    private TimeSpan? DeclaredTimeoutOf(string activity) =>
        _definitions.Select(definition => definition.AttemptTimeoutOf(activity)).FirstOrDefault(limit => limit is not null);
}
