namespace Sagas;

/// <summary>Which saga something is about.</summary>
/// <param name="Key">What the saga is about (<see cref="SagaDefinition.KeyOf"/>).</param>
/// <param name="Generation">Which saga of that, counted from 1: one that begins anew after another was undone is the next.</param>
/// <param name="Scope">Which child of the saga; null for the saga itself.</param>
public sealed record SagaId(string Key, int Generation = 1, string? Scope = null);

/// <summary>The input of a saga's activity, which says whose it is: the kit bounds each attempt, and undoes nothing once that saga is committed.</summary>
public interface ISagaInput
{
    /// <summary>The saga.</summary>
    SagaId Saga { get; }
}

/// <summary>Is told of each attempt at an activity of a saga, and may fail it: for demonstrations and tests.</summary>
public interface IAttemptObserver
{
    /// <summary>An attempt begins. What is thrown here fails it before it has done anything.</summary>
    /// <param name="activity">The activity's name.</param>
    /// <param name="key">What its saga is about.</param>
    void Before(string activity, string key);

    /// <summary>An attempt has done its work. What is thrown here fails it all the same.</summary>
    /// <inheritdoc cref="Before" path="/param" />
    void After(string activity, string key);
}
