using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OrderSagaFunctions.Notifications;

/// <summary>Signs deliveries as Standard Webhooks 1.0 (https://www.standardwebhooks.com) says, for which receivers have libraries.</summary>
internal sealed class WebhookSecret
{
    /// <summary>How a secret is written.</summary>
    public const string Rule = "'whsec_' and the base64 of 24 to 64 random bytes (openssl rand -base64 32)";

    private const string Prefix = "whsec_";
    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>Reads a secret; false where it breaks the <see cref="Rule"/>.</summary>
    public static bool TryParse(string text, out WebhookSecret? secret)
    {
        var key = new byte[text.Length];
        var isSecret = text.StartsWith(Prefix, StringComparison.Ordinal)
            & Convert.TryFromBase64Chars(text.AsSpan(Math.Min(text.Length, Prefix.Length)), key, out var length)
            & length is >= 24 and <= 64;
        secret = isSecret ? new WebhookSecret(key[..length]) : null;
        return isSecret;
    }

    /// <summary>Makes the value of the header <c>webhook-signature</c>.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>: seconds since 1970, which the receiver holds against its clock.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Sign(string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
