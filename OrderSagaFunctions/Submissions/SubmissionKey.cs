using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Submissions;

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
