using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>Sends the table service's REST requests, signed with the account's key (the scheme SharedKeyLite).</summary>
internal sealed class TableRest(Uri account, byte[] key) : IDisposable
{
    private const string Json = "application/json";

    private readonly HttpClient _http = new();

    /// <summary>The account's address, which is before every path.</summary>
    public Uri Account { get; } = account;

    /// <summary>The response, when the service did not refuse the request.</summary>
    /// <exception cref="Azure.RequestFailedException">It did.</exception>
    public async Task<RestResponse> SendAsync(HttpMethod method, string path, string? json = null, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(method, $"{Account}/{path}");
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, Json);
        }

        if (ifMatch is not null)
        {
            // Unchecked: that the service refuses a malformed one is part of the contract.
            _ = request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await SendAsync(request, cancellationToken);
    }

    /// <inheritdoc cref="SendAsync(HttpMethod, string, string?, string?, CancellationToken)"/>
    public async Task<RestResponse> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(Json + ";odata=minimalmetadata"));
        request.Headers.Add("DataServiceVersion", "3.0");
        request.Headers.Add("x-ms-version", "2019-02-02");
        request.Headers.Add("Prefer", "return-no-content");
        Sign(request);

        using var message = await _http.SendAsync(request, cancellationToken);
        var response = await RestResponse.ReadAsync(message);
        return response.IsError ? throw response.Refusal() : response;
    }

    public void Dispose() => _http.Dispose();

    private void Sign(HttpRequestMessage request)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        var name = Account.AbsolutePath.Trim('/');
        var signed = Encoding.UTF8.GetBytes($"{date}\n/{name}{request.RequestUri!.AbsolutePath}");
        request.Headers.Add("x-ms-date", date);
        request.Headers.Authorization = new("SharedKeyLite", $"{name}:{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
    }
}
