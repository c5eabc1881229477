using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Submissions;

/// <summary>
/// The door: one saga an order, however often it is submitted. A submission claims its order id, and its idempotency key
/// where that is another one, before its saga is scheduled; the claim holds all that starting the saga takes.
/// </summary>
public sealed class SubmissionStore(TableServiceClient tables, OrderIndex index, TimeProvider time)
{
    private readonly TableClient _orders = tables.GetTableClient(Tables.Orders);
    private readonly TableClient _keys = tables.GetTableClient(SagaTables.IdempotencyKeys);

    /// <summary>Claims the order id and the key for a submission.</summary>
    internal async Task<ClaimResult> ClaimAsync(Submission submission, CancellationToken cancellation)
    {
        var order = submission.Order;
        if (submission.InstanceId == order.OrderId)
        {
            return await ClaimOrderAsync(submission, cancellation);
        }

        var key = new TableEntity(submission.InstanceId, "key") { ["OrderId"] = order.OrderId, ["BodyHash"] = submission.BodyHash };
        bool isNewKey;
        TableEntity? earlier = null;
        // A refused request takes its key back: gone again, it is the next one's.
        while (!(isNewKey = await _keys.TryAddAsync(key, cancellation))
            && (earlier = await _keys.FindAsync(key.PartitionKey, key.RowKey, cancellation)) is null)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        if (earlier is not null && earlier.GetString("BodyHash") != submission.BodyHash)
        {
            return ClaimResult.OtherBody;
        }

        var claim = await ClaimOrderAsync(submission, cancellation);
        if (isNewKey && claim is ClaimResult.OtherBody or ClaimResult.OtherKey)
        {
            // Nothing stays behind of a refused request; were this lost in a crash, the key would only lead here again.
            await _keys.DeleteEntityAsync(key.PartitionKey, key.RowKey, cancellationToken: cancellation);
        }

        return claim;
    }

    private async Task<ClaimResult> ClaimOrderAsync(Submission submission, CancellationToken cancellation)
    {
        // Before the claim: whenever the app is cut off between it and the saga's start, this leads to it.
        var entry = await index.AddAsync(submission.Order.OrderId, cancellation);
        var row = OrderRows.Submission(submission, entry.Id, time.GetUtcNow());
        if (await _orders.TryAddAsync(row, cancellation))
        {
            return ClaimResult.New;
        }

        await index.DiscardAsync(entry, cancellation);
        var earlier = await _orders.FindAsync(row.PartitionKey, row.RowKey, cancellation);
        if (earlier?.GetString("InstanceId") != submission.InstanceId)
        {
            return ClaimResult.OtherKey;
        }

        return earlier.GetString("BodyHash") == submission.BodyHash ? ClaimResult.Known : ClaimResult.OtherBody;
    }
}

/// <summary>What became of a claim.</summary>
internal enum ClaimResult
{
    /// <summary>The order is new, and this submission's own.</summary>
    New,

    /// <summary>The same submission was here before.</summary>
    Known,

    /// <summary>The key was used for another order, or the order id for other contents.</summary>
    OtherBody,

    /// <summary>The order was submitted under another key.</summary>
    OtherKey,
}

/// <summary>How orders come in.</summary>
internal static class SubmissionsServices
{
    /// <summary>Registers what this folder is made of.</summary>
    public static IServiceCollection AddSubmissions(this IServiceCollection services)
    {
        services.AddSingleton<SubmissionStore>();
        services.AddSingleton<OrderStart>();
        services.AddSingleton<IClaimedSaga>(static provider => provider.GetRequiredService<OrderStart>());
        return services;
    }
}
