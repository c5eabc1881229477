using System.Net.Http.Headers;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>The headers of a request or a response, taken as they come.</summary>
public class HttpHeadersCollection : HttpHeaders
{
    /// <summary>Empty.</summary>
    public HttpHeadersCollection()
    {
    }

    /// <summary>With a value a header.</summary>
    public HttpHeadersCollection(IEnumerable<KeyValuePair<string, string>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var (name, value) in headers)
        {
            _ = TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>With any number of values a header.</summary>
    public HttpHeadersCollection(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        foreach (var (name, values) in headers)
        {
            _ = TryAddWithoutValidation(name, values);
        }
    }
}
