namespace Microsoft.DurableTask;

/// <summary>How an instance starts anew.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The input of the next run.</summary>
    public object? NewInput { get; set; }

    /// <summary>The version of the next run; null: the same.</summary>
    public string? NewVersion { get; set; }

    /// <summary>Whether events that nobody has waited for yet are kept for the next run; true unless set.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
