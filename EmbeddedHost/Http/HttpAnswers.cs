using System.Text;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http;

/// <summary>Makes the HTTP answer out of what a function returned, or middleware put in its place.</summary>
internal static class HttpAnswers
{
    /// <summary>Sends the answer.</summary>
    public static async Task SendAsync(object? result, InvocationContext invocation)
    {
        var http = invocation.Http;
        switch (result)
        {
            case HttpResponseData response:
                await EmbeddedResponse.SendAsync(response, http);
                break;
            case null:
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case string text:
                http.Response.ContentType = "text/plain; charset=utf-8";
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted);
                break;
            default:
                var json = invocation.Request.CreateResponse();
                await json.WriteAsJsonAsync(result, http.RequestAborted);
                await EmbeddedResponse.SendAsync(json, http);
                break;
        }
    }
}
