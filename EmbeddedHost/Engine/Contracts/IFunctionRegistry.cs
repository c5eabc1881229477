namespace EmbeddedHost.Engine.Contracts;

/// <summary>The app's code as the engine calls it. Names match in any case.</summary>
internal interface IFunctionRegistry
{
    /// <summary>The orchestrator of that name, or null.</summary>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <summary>The activity of that name, or null.</summary>
    ActivityFunction? FindActivity(string name);
}
