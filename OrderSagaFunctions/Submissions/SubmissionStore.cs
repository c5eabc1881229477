using System.Security.Cryptography;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas;
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

/// <summary>What makes two submissions the same one: their key, and that their orders are equal.</summary>
internal static class SubmissionKey
{
    /// <summary>The header that has a client's own key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>The characters of a key at most.</summary>
    public const int LongestKey = 255;

    public static string HeaderRule => $"one key of 1 to {LongestKey} visible ASCII characters, none of them a comma or a quote";

    /// <summary>The client's own key where there is a usable one, and whether the header is as it should be.</summary>
    public static bool TryRead(HttpHeadersCollection headers, out string? key)
    {
        // Of two headers some hosts make one with a comma between: no key has one, so that two are refused everywhere.
        key = headers.TryGetValues(Header, out var values) ? string.Join(',', values) : null;
        // The header is a structured-field string, so its quotes are not part of the key; many clients leave them out.
        key = key is ['"', .. var quoted, '"'] ? quoted : key;
        return key is null || (key.Length is > 0 and <= LongestKey && key.All(static c => c is > ' ' and <= '~' and not (',' or '"')));
    }

    /// <summary>The instance id of an order's submission: the order's own, or of a key other than that the hash.</summary>
    public static string ToInstanceId(string orderId, string? key) => key is null || key == orderId ? orderId : SagaKey.Hash(key);

    /// <summary>The fingerprint of an order: the same for the same order in other spelling or order of fields.</summary>
    public static string Fingerprint(Order order) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, AppJson.TypeOf<Order>())));
}
