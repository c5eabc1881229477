namespace Microsoft.DurableTask;

/// <summary>An orchestrator as a class.</summary>
public interface ITaskOrchestrator
{
    /// <summary>The type of its input.</summary>
    Type InputType { get; }

    /// <summary>The type of its result.</summary>
    Type OutputType { get; }

    /// <summary>Runs the orchestrator.</summary>
    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}
