using System.Text.Json.Serialization;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;
using Sagas.Incidents;

namespace OrderSagaFunctions.Operations;

/// <summary>Sums orders up, each from its rows and from what its saga tells.</summary>
public sealed class OrderSummaries(OrderStore orders, ReviewStore reviews, ParkStore parking, IncidentStore incidents)
{
    /// <summary>Sums an order up, or returns null where it was never accepted.</summary>
    internal async Task<OrderSummary?> FindAsync(DurableTaskClient client, string orderId, CancellationToken cancellation)
    {
        if (await orders.FindAsync(orderId, cancellation) is not { } order)
        {
            return null;
        }

        // The custom status travels with the inputs; it is wanted only while there is no report.
        var instance = await client.GetInstanceAsync(order.InstanceId, getInputsAndOutputs: order.Report is null, cancellation);
        var story = order.Report ?? SagaReport.Of(instance);
        var isRunning = instance?.IsCompleted == false || (instance is null && order.HasStoredNothing);
        IReadOnlyList<StepReport> steps = story is null ? []
            : [.. story.Steps, .. StepsOfChildren(story), .. isRunning ? await RetryingStep.ReadChildrenAsync(client, story, cancellation) : []];
        var waits = await parking.ReadLatestAsync(order.OrderId, cancellation);
        var left = await incidents.ReadAsync(order.OrderId, cancellation);
        return new OrderSummary(
            order.OrderId,
            order.CustomerId,
            order.Status,
            order.AcceptedAt,
            MoneyView.Of(order.Total),
            order.InstanceId,
            OrderStory.RuntimeStatus(order, instance),
            order.Report?.Outcome,
            IsFlagged: (await reviews.ReadAsync(order.OrderId, cancellation)).Count > 0,
            IsParked: instance is { IsCompleted: false } && waits.Any(wait => wait.IsOpenOf(order.InstanceId)),
            left.Count(incident => incident.Status == IncidentStatus.Open),
            steps.Select(static step => step.Attempts).DefaultIfEmpty().Max())
        {
            IsRunning = isRunning,
            Retrying = isRunning ? RetryingStep.FindIn(steps) : null,
            State = story?.Path is { Count: > 0 } path ? path[^1] : null,
        };
    }

    private static IEnumerable<StepReport> StepsOfChildren(SagaReport story) => (story.Children ?? []).SelectMany(static child => child.Steps);
}

/// <summary>An order among others.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Total">What it costs.</param>
/// <param name="InstanceId">The orchestration instance of its saga.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
/// <param name="Outcome">How the saga ended, or null where it has not.</param>
/// <param name="IsFlagged">Whether a check has flagged it.</param>
/// <param name="IsParked">Whether its saga waits for an operator.</param>
/// <param name="OpenIncidents">How much was left undone and is not dealt with.</param>
/// <param name="Attempts">The most attempts that any of its steps took; 0 where there is none.</param>
public sealed record OrderSummary(
    string OrderId,
    string CustomerId,
    OrderStatus Status,
    DateTimeOffset AcceptedAt,
    MoneyView Total,
    string InstanceId,
    string RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SagaOutcome? Outcome,
    bool IsFlagged,
    bool IsParked,
    int OpenIncidents,
    int Attempts)
{
    /// <summary>The state that its saga entered last; null where it has entered none, or nothing tells it any more.</summary>
    public string? State { get; init; }

    /// <summary>What is tried again; null where nothing is.</summary>
    public RetryingStep? Retrying { get; init; }

    /// <summary>Whether its saga has not ended.</summary>
    internal bool IsRunning { get; init; }
}

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
                steps.AddRange(SagaReport.Of(child)?.Steps ?? []);
            }
        }

        return steps;
    }

    private static IEnumerable<string> ChildrenOf(SagaReport story) => (story.Children ?? []).Select(static child =>
        child.Outcome is null ? child.InstanceId : child.CompensatedBy).OfType<string>();
}
