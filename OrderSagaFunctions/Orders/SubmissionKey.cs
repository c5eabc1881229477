using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Http;

namespace OrderSagaFunctions.Orders;

/// <summary>What makes two submissions the same one: their key, and that their orders are equal.</summary>
internal static class SubmissionKey
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    public static string HeaderRule => $"1 to {LongestKey} visible ASCII characters";

    /// <summary>The client's own key where there is a usable one, and whether the header is as it should be.</summary>
    public static bool TryRead(HttpHeadersCollection headers, out string? key)
    {
        // The header is a structured-field string, so its quotes are not part of the key; many clients leave them out.
        key = headers.TryGetValues(Header, out var values) ? string.Join(',', values).Trim('"') : null;
        return key is null || (key.Length is > 0 and <= LongestKey && key.All(c => c is > ' ' and <= '~'));
    }

    /// <summary>The instance id of a key: the key itself where both hosts allow it as an id, else its hash.</summary>
    public static string ToInstanceId(string key) => OrderLimits.IsOrderId(key)
        ? key
        : $"key-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}";

    /// <summary>The fingerprint of an order: the same for the same order in other spelling or order of fields.</summary>
    public static string Fingerprint(Order order) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(order, AppJson.TypeOf<Order>())));
}
