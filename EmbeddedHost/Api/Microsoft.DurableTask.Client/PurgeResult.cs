namespace Microsoft.DurableTask.Client;

/// <summary>What a purge has done.</summary>
/// <param name="count">Instances purged.</param>
/// <param name="isComplete">Whether nothing that matches is left; null where that is not known.</param>
public class PurgeResult(int count, bool? isComplete)
{
    /// <summary>A result that does not know whether anything is left.</summary>
    public PurgeResult(int count)
        : this(count, isComplete: null)
    {
    }

    /// <summary>Instances purged.</summary>
    public int PurgedInstanceCount { get; } = count;

    /// <summary>Whether nothing that matches is left; null where that is not known.</summary>
    public bool? IsComplete { get; } = isComplete;
}
