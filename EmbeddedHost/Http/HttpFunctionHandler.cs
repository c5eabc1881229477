using System.Text;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>Runs one HTTP function: request in, invocation, response out.</summary>
internal sealed class HttpFunctionHandler(HostedFunction function, FunctionCatalog catalog, ILogger logger)
{
    /// <summary>Serves a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            var body = await RequestBody.ReadAsync(http);
            await using var invocation = catalog.NewInvocation(
                function, context => new EmbeddedRequest(context, http, body), http.RequestAborted);
            await SendAsync(await catalog.InvokeAsync(invocation), invocation, http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("Function '{Function}': the caller has gone.", function.Descriptor.FunctionName);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            await SendFailureAsync(e, http);
        }
    }

    private static async Task SendAsync(object? result, InvocationContext invocation, HttpContext http)
    {
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

    private Task SendFailureAsync(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case FunctionInputConverterException input:
                return Problem.SendAsync(http, StatusCodes.Status400BadRequest, input.Message);
            case BadHttpRequestException request:
                return Problem.SendAsync(http, request.StatusCode, request.Message);
            case var _ when StorageException.Behind(failure) is not null:
                return Problem.SendStorageFailureAsync(http);
            default:
                logger.LogError(failure, "Function '{Function}' failed.", function.Descriptor.FunctionName);
                return Problem.SendAsync(
                    http, StatusCodes.Status500InternalServerError,
                    $"Function '{function.Descriptor.FunctionName}' failed; the host's log says why.");
        }
    }
}
