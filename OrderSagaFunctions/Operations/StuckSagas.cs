using System.Text.Json;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Parking;

namespace OrderSagaFunctions.Operations;

/// <summary>Finds the sagas that do not get on. Only the host knows when an instance last did.</summary>
public sealed class StuckSagas(ParkStore parking, TimeProvider time)
{
    private static readonly OrchestrationRuntimeStatus[] Unended =
        [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Finds a page of them.</summary>
    /// <param name="client">Knows the instances.</param>
    /// <param name="longerThan">How long they have not got on.</param>
    /// <param name="top">How many at most.</param>
    /// <param name="after">The key of the one after which to begin; null for the first.</param>
    /// <param name="cancellation">Ends the search.</param>
    public async Task<StuckPage> FindAsync(
        DurableTaskClient client, TimeSpan longerThan, int top, string? after, CancellationToken cancellation)
    {
        var latest = time.GetUtcNow() - longerThan;
        var page = new SortedPage<OrchestrationMetadata>(top, after, static instance => SortKey.Of(instance.LastUpdatedAt, instance.InstanceId));
        var query = new OrchestrationQuery { Statuses = Unended, CreatedTo = latest };
        await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellation))
        {
            if (instance.Name == nameof(OrderSaga) && instance.LastUpdatedAt < latest)
            {
                page.Add(instance);
            }
        }

        var (instances, next) = page.End();
        var sagas = new List<StuckSaga>();
        foreach (var instance in instances)
        {
            // The state travels with the inputs, which would be much to read for those that are not shown.
            if (await client.GetInstanceAsync(instance.InstanceId, getInputsAndOutputs: true, cancellation) is { IsCompleted: false } whole)
            {
                sagas.Add(await ShowAsync(whole, cancellation));
            }
        }

        return new StuckPage(sagas, next);
    }

    private async Task<StuckSaga> ShowAsync(OrchestrationMetadata instance, CancellationToken cancellation)
    {
        var orderId = JsonSerializer.Deserialize(instance.SerializedInput!, AppJson.TypeOf<OrderSagaInput>())!.Order.OrderId;
        // What a child waits for is not in its parent's story.
        var isParked = (await parking.ReadLatestAsync(orderId, cancellation)).Any(static wait => wait.Decision is null);
        var story = OrderStory.ReadCustomStatus(instance);
        var state = story?.Path is { Count: > 0 } path ? path[^1] : null;
        return new StuckSaga(
            orderId,
            instance.InstanceId,
            instance.RuntimeStatus,
            instance.LastUpdatedAt,
            state,
            isParked ? WaitsFor.Operator : state == OrderStates.Review ? WaitsFor.Reviewer : null);
    }
}
