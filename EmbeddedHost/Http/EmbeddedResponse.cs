using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Primitives;

namespace EmbeddedHost.Http;

/// <summary>A response that is sent once the function has returned it.</summary>
internal sealed class EmbeddedResponse(FunctionContext context) : HttpResponseData(context)
{
    private HttpHeadersCollection? _headers;
    private ResponseCookies? _cookies;
    private Stream? _body;

    public override HttpStatusCode StatusCode { get; set; } = HttpStatusCode.OK;

    public override HttpHeadersCollection Headers
    {
        get => _headers ??= [];
        set => _headers = value;
    }

    public override Stream Body
    {
        get => _body ??= new MemoryStream();
        set => _body = value;
    }

    public override HttpCookies Cookies => _cookies ??= new ResponseCookies();

    /// <summary>Sends any response that a function returned, whoever made it.</summary>
    public static Task SendAsync(HttpResponseData response, HttpContext http)
    {
        http.Response.StatusCode = (int)response.StatusCode;
        if (response is EmbeddedResponse own)
        {
            SetHeaders(own._headers, http);
            own._cookies?.AddTo(http.Response.Headers);
            return SendBodyAsync(own._body, http);
        }

        SetHeaders(response.Headers, http);
        return SendBodyAsync(response.Body, http);
    }

    private static void SetHeaders(HttpHeadersCollection? headers, HttpContext http)
    {
        if (headers is null)
        {
            return;
        }

        foreach (var (name, values) in headers.NonValidated)
        {
            http.Response.Headers[name] = new StringValues([.. values]);
        }
    }

    private static async Task SendBodyAsync(Stream? body, HttpContext http)
    {
        if (body is null)
        {
            return;
        }

        if (body is MemoryStream memory && memory.TryGetBuffer(out var bytes))
        {
            http.Response.ContentLength ??= bytes.Count;
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
            return;
        }

        if (body.CanSeek)
        {
            body.Position = 0;
        }

        await body.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
