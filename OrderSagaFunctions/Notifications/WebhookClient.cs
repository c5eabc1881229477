using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Posts notifications to the webhook, signed (<see cref="WebhookSecret"/>). Which answer means what is from HTTP 1.1 Web
/// Hooks for Event Delivery, a part of CloudEvents 1.0.
/// </summary>
public sealed class WebhookClient(IOptions<NotificationOptions> options, TimeProvider time) : IDisposable
{
    private static readonly MediaTypeHeaderValue CloudEvent = new("application/cloudevents+json", "utf-8");

    // A redirect is an answer like another: what is signed for one address is not sent to the next. Connections are
    // renewed so that a change of the address's DNS entry is seen.
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Makes one attempt.</summary>
    internal async Task<WebhookAnswer> SendAsync(Notification notification, CancellationToken cancellation)
    {
        using var request = Request(notification);
        using var deadline = new CancellationTokenSource(options.Value.Timeout, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, attempt.Token);
            return response.IsSuccessStatusCode ? new WebhookAnswer(Error: null) : Refusal(response);
        }
        catch (HttpRequestException failure)
        {
            return new WebhookAnswer($"The webhook could not be reached: {failure.HttpRequestError}.");
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new WebhookAnswer($"The webhook did not answer within the {options.Value.Timeout:c} of Notifications__Timeout.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Notification notification)
    {
        if (!WebhookSecret.TryParse(options.Value.WebhookSecret, out var secret))
        {
            throw new InvalidOperationException("Notifications__WebhookUrl and Notifications__WebhookSecret are not set: nothing can be delivered. Set both.");
        }

        var body = notification.ToCloudEvent();
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        return new HttpRequestMessage(HttpMethod.Post, options.Value.WebhookUrl)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = CloudEvent } },
            Headers =
            {
                { "webhook-id", notification.Id },
                { "webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture) },
                { "webhook-signature", secret!.Sign(notification.Id, timestamp, body) },
            },
        };
    }

    private WebhookAnswer Refusal(HttpResponseMessage response) => new($"The webhook answered {(int)response.StatusCode}.")
    {
        IsGone = response.StatusCode == HttpStatusCode.Gone,
        RetryAfter = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null,
    };
}

/// <summary>What has come of one attempt at a delivery.</summary>
/// <param name="Error">Why it failed; null where the receiver has it.</param>
internal sealed record WebhookAnswer(string? Error)
{
    /// <summary>The receiver does not want to be called again.</summary>
    public bool IsGone { get; init; }

    /// <summary>How long the receiver wants to be left alone, where it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

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
