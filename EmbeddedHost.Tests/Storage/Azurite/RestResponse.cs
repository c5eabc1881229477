using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>What the service answered to a request, or within a batch to one of its actions.</summary>
internal sealed class RestResponse(int status, IReadOnlyDictionary<string, string> headers, string body) : Response
{
    public override int Status => status;

    public override bool IsError => status >= 400;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public string Body => body;

    public static async Task<RestResponse> ReadAsync(HttpResponseMessage message) => new(
        (int)message.StatusCode,
        message.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
        await message.Content.ReadAsStringAsync());

    /// <summary>An error response as what the client library throws.</summary>
    public RequestFailedException Refusal() => new(this, innerException: null, ODataError.Instance);

    public override void Dispose()
    {
        // Read to its end, it holds nothing.
    }

    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }

    /// <summary>Finds the error code and the message where OData puts them.</summary>
    private sealed class ODataError : RequestFailedDetailsParser
    {
        public static readonly ODataError Instance = new();

        public override bool TryParse(
            Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
        {
            var details = JsonDocument.Parse(((RestResponse)response).Body).RootElement.GetProperty("odata.error");
            error = new ResponseError(details.GetProperty("code").GetString(), details.GetProperty("message").GetProperty("value").GetString());
            data = new Dictionary<string, string>(StringComparer.Ordinal);
            return true;
        }
    }
}
