using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Contracts;

/// <summary>The app's code as the engine calls it. Names match in any case.</summary>
internal interface IFunctionRegistry
{
    /// <summary>The orchestrator of that name, or null.</summary>
    OrchestratorFunction? FindOrchestrator(string name);

    /// <summary>The activity of that name, or null.</summary>
    ActivityFunction? FindActivity(string name);

    /// <summary>The entity of that name, or null.</summary>
    EntityFunction? FindEntity(string name);
}

/// <summary>Runs one orchestrator on a context; the result is serialised by the engine.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>Runs one activity; payloads are UTF-8 JSON, null is no payload.</summary>
internal delegate ValueTask<byte[]?> ActivityFunction(ActivityCall call, CancellationToken cancellationToken);

/// <summary>One attempt of an activity.</summary>
/// <param name="InstanceId">The orchestration that asked for it.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="TaskId">The task's number in the orchestration's history.</param>
/// <param name="Input">The input as UTF-8 JSON; null is none.</param>
internal readonly record struct ActivityCall(string InstanceId, string Name, int TaskId, byte[]? Input);
