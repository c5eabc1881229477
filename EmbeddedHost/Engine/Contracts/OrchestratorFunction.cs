using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Contracts;

/// <summary>Runs one orchestrator on a context; the result is serialised by the engine.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);
