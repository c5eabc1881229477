using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Orders;
using Reading;
using Sagas;

namespace OrderSagaFunctions.Payments;

/// <summary>
/// The provider's two calls, as docs/saga.md asks them of a provider. No card and no customer passes through here, and
/// nothing that the provider says in prose is kept: it may name either.
/// </summary>
public sealed class ProviderClient : IDisposable
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LargestAnswer = 64 * 1024;
    private const int LongestCode = 64;
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private readonly HttpClient _http;

    /// <summary>Reads the settings once; they do not change while the app runs.</summary>
    public ProviderClient(IOptions<PaymentOptions> options)
    {
        var settings = options.Value;
        // A redirect would carry the key to wherever it points. Connections end now and then, so that a changed address is seen.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime })
        {
            BaseAddress = new Uri(settings.BaseUrl!.AbsoluteUri.TrimEnd('/') + "/"),
            MaxResponseContentBufferSize = LargestAnswer,
            // The attempt's token ends a call, and it alone.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (settings.Key.Length > 0)
        {
            _ = _http.DefaultRequestHeaders.TryAddWithoutValidation(settings.KeyHeader, settings.Key);
        }
    }

    /// <summary>Asks for a debit.</summary>
    /// <returns>Null where the money was taken, now or before.</returns>
    /// <exception cref="HttpRequestException">Whether it was taken is not known.</exception>
    public async Task<Refusal?> DebitAsync(PaymentRequest request, CancellationToken cancellation)
    {
        var answer = await PostAsync("debits", request.IdOf(TransactionType.Debit), Call(request), cancellation);
        return answer.Outcome switch
        {
            null => RefusalOf(answer, "debit"),
            ProviderOutcome.Debited => null,
            _ => throw new HttpRequestException($"The payment provider answers a debit with '{answer.Outcome}', expected '{ProviderOutcome.Debited}'."),
        };
    }

    /// <summary>Asks for a credit of whatever the request's debit has taken or may still take.</summary>
    /// <returns>Whether it had taken anything; or why that is not given back.</returns>
    /// <exception cref="HttpRequestException">Whether it was given back is not known.</exception>
    public async Task<(bool HadTaken, Refusal? Refusal)> CreditAsync(PaymentRequest request, CancellationToken cancellation)
    {
        var call = Call(request) with { DebitId = request.IdOf(TransactionType.Debit) };
        var answer = await PostAsync("credits", request.IdOf(TransactionType.Credit), call, cancellation);
        return answer.Outcome switch
        {
            null => (false, RefusalOf(answer, "credit")),
            ProviderOutcome.Credited => (true, null),
            ProviderOutcome.NothingDebited => (false, null),
            _ => throw new HttpRequestException(
                $"The payment provider answers a credit with '{answer.Outcome}', expected '{ProviderOutcome.Credited}' or '{ProviderOutcome.NothingDebited}'."),
        };
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private static ProviderCall Call(PaymentRequest request) => new(request.OrderId, request.Total.Minor, request.Total.Currency);

    private static Refusal RefusalOf(ProviderAnswer answer, string what) => new(answer.Code!, $"The payment provider refuses the {what}.");

    /// <returns>An answer that has an outcome, or else a code.</returns>
    private async Task<ProviderAnswer> PostAsync(string path, Guid key, ProviderCall call, CancellationToken cancellation)
    {
        using var content = new StringContent(JsonSerializer.Serialize(call, AppJson.TypeOf<ProviderCall>()), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(KeyHeader, key.ToString());
        using var response = await SendAsync(request, cancellation);
        var answer = await ReadAsync(response, cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.OK or HttpStatusCode.Created when answer is { Outcome: not null } => answer,
            HttpStatusCode.PaymentRequired or HttpStatusCode.UnprocessableEntity when IsCode(answer?.Code) => new ProviderAnswer(Code: answer!.Code),
            _ => throw Unknown(request, $"was answered with {(int)response.StatusCode}, expected 200 with an outcome, or 402 or 422 with a code"),
        };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException fault)
        {
            throw Unknown(request, $"got no answer ({fault.HttpRequestError})", fault);
        }
    }

    private static HttpRequestException Unknown(HttpRequestMessage request, string found, Exception? cause = null) => new(
        $"{request.Method} {request.RequestUri} with key {string.Join(' ', request.Headers.GetValues(KeyHeader))} {found}: what has become of it "
        + "is not known. Asking again under the same key tells, and moves nothing twice.",
        cause);

    /// <returns>Null where the body is no JSON object: a proxy's page, or the provider's error in prose.</returns>
    private static async Task<ProviderAnswer?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        using var json = JsonText.Parse(await response.Content.ReadAsByteArrayAsync(cancellation), eachFieldOnce: true, out _);
        return json is { RootElement: { ValueKind: JsonValueKind.Object } root }
            ? new ProviderAnswer(Names.TryValue<ProviderOutcome>(TextOf(root, "outcome") ?? string.Empty, out var outcome) ? outcome : null, TextOf(root, "code"))
            : null;
    }

    private static string? TextOf(JsonElement root, string field) =>
        root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsCode(string? code) =>
        code is { Length: > 0 and <= LongestCode } && code.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}

/// <summary>What the provider is asked: the body of both its calls.</summary>
/// <param name="OrderId">The order, by which the provider knows whose money it is.</param>
/// <param name="AmountMinor">How much, in the currency's smallest unit.</param>
/// <param name="Currency">The ISO 4217 code.</param>
/// <param name="DebitId">The key of the debit that a credit undoes; null in a debit.</param>
internal sealed record ProviderCall(string OrderId, long AmountMinor, string Currency, Guid? DebitId = null);

/// <summary>The body of the provider's answers.</summary>
/// <param name="Outcome">What it has done.</param>
/// <param name="Code">Why it refuses.</param>
internal sealed record ProviderAnswer(ProviderOutcome? Outcome = null, string? Code = null);

/// <summary>What the provider says it has done.</summary>
internal enum ProviderOutcome
{
    /// <summary>The money was taken.</summary>
    Debited,

    /// <summary>The money was given back.</summary>
    Credited,

    /// <summary>There was nothing to give back, and the debit is kept out from now on.</summary>
    NothingDebited,
}
