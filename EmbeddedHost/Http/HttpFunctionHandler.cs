using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>Runs one HTTP function: request in, invocation, response out.</summary>
internal sealed class HttpFunctionHandler(HostedFunction function, FunctionCatalog catalog, HttpAnswers answers, ILogger logger)
{
    /// <summary>Serves a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            var body = await RequestBody.ReadAsync(http);
            if (answers.UsesAspNetCore)
            {
                http.Request.Body = new MemoryStream(body, writable: false);
            }

            await using var invocation = catalog.NewInvocation(
                function, context => new EmbeddedRequest(context, http, body), http.RequestAborted);
            await answers.SendAsync(function.HttpResultOf(await catalog.InvokeAsync(invocation)), invocation);
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

    private Task SendFailureAsync(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case FunctionInputConverterException input:
                return Problem.SendAsync(http, StatusCodes.Status400BadRequest, input.Message);
            case BadHttpRequestException request:
                return Problem.SendAsync(http, request.StatusCode, request.Message);
            default:
                logger.LogError(failure, "Function '{Function}' failed.", function.Descriptor.FunctionName);
                return Problem.SendAsync(
                    http, StatusCodes.Status500InternalServerError,
                    $"Function '{function.Descriptor.FunctionName}' failed; the host's log says why.");
        }
    }
}
