using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>The orders' sagas that have not ended, as the host knows them.</summary>
public sealed class RunningSagas(OrderIndex index)
{
    /// <summary>Every saga that has not ended.</summary>
    /// <param name="client">Knows the instances.</param>
    /// <param name="withStories">Whether to read inputs and custom status, too.</param>
    internal static IAsyncEnumerable<OrchestrationMetadata> ListAsync(DurableTaskClient client, bool withStories) => client
        .GetAllInstancesAsync(new OrchestrationQuery
        {
            Statuses = [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended],
            FetchInputsAndOutputs = withStories,
        })
        .Where(static instance => instance.Name == nameof(OrderSaga));

    /// <summary>The orders whose saga may not have ended, by id: of those that are accepted, it may not have begun.</summary>
    internal async IAsyncEnumerable<string> ListOrderIdsAsync(
        DurableTaskClient client, PartitionRange range, UnreadableRows unreadable, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // The claims first: one that is gone by now has its instance.
        var claimed = await index.ReadToBeginAsync(unreadable, cancellation);
        var orderIds = new SortedSet<string>(claimed.Select(static entry => entry.Key).Where(range.Contains), StringComparer.Ordinal);
        await foreach (var instance in ListAsync(client, withStories: true).WithCancellation(cancellation))
        {
            Add(instance, range, orderIds);
        }

        foreach (var orderId in orderIds)
        {
            yield return orderId;
        }
    }

    /// <summary>The orders of which something may be tried again, by id.</summary>
    internal static async IAsyncEnumerable<string> ListRetryingAsync(
        DurableTaskClient client, PartitionRange range, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var orderIds = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var instance in ListAsync(client, withStories: true).WithCancellation(cancellation))
        {
            if (RetryingStep.MayBeIn(SagaReport.Of(instance)))
            {
                Add(instance, range, orderIds);
            }
        }

        foreach (var orderId in orderIds)
        {
            yield return orderId;
        }
    }

    /// <summary>Counts the sagas of which something is tried again.</summary>
    internal static async Task<int> CountRetryingAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        var retrying = 0;
        await foreach (var instance in ListAsync(client, withStories: true).WithCancellation(cancellation))
        {
            if (SagaReport.Of(instance) is { } story && RetryingStep.MayBeIn(story)
                && RetryingStep.FindIn([.. story.Steps, .. await RetryingStep.ReadChildrenAsync(client, story, cancellation)]) is not null)
            {
                retrying++;
            }
        }

        return retrying;
    }

    private static void Add(OrchestrationMetadata instance, PartitionRange range, SortedSet<string> orderIds)
    {
        if (OrderIdOf(instance) is { } orderId && range.Contains(orderId))
        {
            _ = orderIds.Add(orderId);
        }
    }

    // Not every instance has its order's id, and anyone with the host's key may start one with any input.
    private static string? OrderIdOf(OrchestrationMetadata instance)
    {
        try
        {
            return instance.SerializedInput is { } input ? JsonSerializer.Deserialize(input, AppJson.StoredTypeOf<OrderSagaInput>())?.Order.OrderId : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
