using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>A step, compensation or notification of which an attempt has failed, and that is tried again.</summary>
/// <param name="State">The state, of the saga or of one of its children.</param>
/// <param name="Attempt">The attempt that it waits for, or that runs.</param>
/// <param name="Of">How many attempts it may take.</param>
/// <param name="NextAttemptAt">When that attempt comes; null while it runs.</param>
public sealed record RetryingStep(string State, int Attempt, int Of, DateTimeOffset? NextAttemptAt)
{
    /// <summary>Finds it among steps, or returns null where there is none.</summary>
    internal static RetryingStep? FindIn(IEnumerable<StepReport> steps) => steps.LastOrDefault(static step => step.IsRetrying) is { MaxAttempts: { } most } step
        ? new RetryingStep(step.Name, Math.Min(most, step.NextAttemptAt is null ? step.Attempts : step.Attempts + 1), most, step.NextAttemptAt)
        : null;

    /// <summary>Whether a running saga that tells this may be retrying something: it, or a child of it.</summary>
    internal static bool MayBeIn(SagaReport? story) => story is not null && (FindIn(story.Steps) is not null || ChildrenOf(story).Any());

    /// <summary>The steps of the children that run, which their parent's story does not have yet.</summary>
    internal static async Task<IReadOnlyList<StepReport>> ReadChildrenAsync(DurableTaskClient client, SagaReport story, CancellationToken cancellation)
    {
        var steps = new List<StepReport>();
        foreach (var instanceId in ChildrenOf(story))
        {
            if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellation) is { IsCompleted: false } child)
            {
                steps.AddRange(OrderStory.ReadCustomStatus(child)?.Steps ?? []);
            }
        }

        return steps;
    }

    private static IEnumerable<string> ChildrenOf(SagaReport story) => (story.Children ?? []).Select(static child =>
        child.Outcome is null ? child.InstanceId : child.CompensatedBy).OfType<string>();
}
