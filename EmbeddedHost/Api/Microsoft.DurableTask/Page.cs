namespace Microsoft.DurableTask;

/// <summary>A part of a listing.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="values">The values on the page.</param>
/// <param name="continuationToken">Where the next page starts; null at the end.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
{
    /// <summary>The values on the page.</summary>
    public IReadOnlyList<T> Values { get; } = values;

    /// <summary>Where the next page starts; null at the end.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
