using System.Text;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Http;

/// <summary>Makes the HTTP answer out of what a function returned, or middleware put in its place.</summary>
internal sealed class HttpAnswers(AspNetCoreIntegration? aspNetCore = null)
{
    private static readonly ActionDescriptor NoAction = new();

    /// <summary>Whether functions see the web server's own request, and may answer on it.</summary>
    public bool UsesAspNetCore => aspNetCore is not null;

    /// <summary>Sends the answer.</summary>
    public async Task SendAsync(object? result, InvocationContext invocation)
    {
        var http = invocation.Http;
        switch (result)
        {
            case HttpResponseData response:
                await EmbeddedResponse.SendAsync(response, http);
                break;
            case IResult answer:
                await answer.ExecuteAsync(http);
                break;
            case IActionResult answer:
                await answer.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction));
                break;
            case null:
                SendNothing(http);
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

    // A function that has the web server's response has said on it what there is to say.
    private void SendNothing(HttpContext http)
    {
        if (!UsesAspNetCore)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
