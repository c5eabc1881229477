using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace OrderSagaFunctions.Saga;

/// <summary>
/// Undoes a child saga that had done its part, because its parent goes backward. All of them run before the parent undoes
/// what came before the fan-out (Garcia-Molina and Salem on parallel sagas).
/// </summary>
public static class CompensateChild
{
    /// <summary>The orchestrator. It does not throw: what it has to leave undone is in its result.</summary>
    [Function(nameof(CompensateChild))]
    public static async Task<ChildResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var child = context.GetInput<ChildToCompensate>()!;
        var saga = new SagaRun(context, child.Key, child.Generation, child.Settings, child.Scope, child.Parks);
        return await saga.CompensateAsync(child.Undos, child.Outcome);
    }
}
