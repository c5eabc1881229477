using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Incidents;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;
using OrderSagaFunctions.Review;
using OrderSagaFunctions.Saga;

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
        var story = order.Report ?? OrderStory.ReadCustomStatus(instance);
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
