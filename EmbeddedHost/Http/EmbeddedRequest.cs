using System.Security.Claims;
using EmbeddedHost.Hosting;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Http.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http;

/// <summary>A request as the web server has it. The body is in memory: it can be read at once, and again.</summary>
internal sealed class EmbeddedRequest(FunctionContext context, HttpContext http, ArraySegment<byte> body) : HttpRequestData(context)
{
    private HttpHeadersCollection? _headers;
    private IReadOnlyCollection<IHttpCookie>? _cookies;
    private Uri? _url;
    private MemoryStream? _body;

    /// <summary>The web server's side of it.</summary>
    public HttpContext Http => http;

    public override Stream Body => _body ??= OpenBody();

    public override HttpHeadersCollection Headers => _headers ??= new HttpHeadersCollection(
        http.Request.Headers.Select(header => new KeyValuePair<string, IEnumerable<string>>(header.Key, header.Value!)));

    public override IReadOnlyCollection<IHttpCookie> Cookies =>
        _cookies ??= [.. http.Request.Cookies.Select(cookie => new HttpCookie(cookie.Key, cookie.Value))];

    public override Uri Url => _url ??= new Uri(http.Request.GetEncodedUrl());

    public override IEnumerable<ClaimsIdentity> Identities => http.User.Identities;

    public override string Method => http.Request.Method;

    /// <summary>A client that makes addresses of instances on the caller's host, with the key that opens them where the caller has one.</summary>
    public DurableTaskClient WithAddress(DurableTaskClient client) => WorkerInternals.WithAddress(
        client,
        $"{http.Request.Scheme}://{http.Request.Host}{ManagementLinks.BasePath}",
        http.Features.Get<CallerKey>() is { } key ? $"code={Uri.EscapeDataString(key.Secret)}" : null);

    /// <summary>The body, from its beginning.</summary>
    public MemoryStream OpenBody() => new(body.Array!, body.Offset, body.Count, writable: false);

    /// <summary>The values of the query and of the route, by name; the route goes before.</summary>
    public IReadOnlyDictionary<string, object?> RouteAndQueryValues()
    {
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in http.Request.Query)
        {
            values[name] = value.ToString();
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            values[name] = value;
        }

        return values;
    }

    public override HttpResponseData CreateResponse() => new EmbeddedResponse(FunctionContext);
}
