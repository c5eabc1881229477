using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Storage;
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
            await AnswerAsync(invocation);
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

    private async Task AnswerAsync(InvocationContext invocation)
    {
        try
        {
            await catalog.InvokeAsync(invocation);
        }
        catch (TimeoutException e) when (invocation.HasTimedOut && !invocation.Http.Response.HasStarted)
        {
            await SendTimeoutAsync(e, invocation);
            return;
        }

        await answers.SendAsync(invocation.HttpResult, invocation);
    }

    private async Task SendTimeoutAsync(TimeoutException timeout, InvocationContext invocation)
    {
        logger.LogError("{Reason}", timeout.Message);
        invocation.Http.Response.Headers.Connection = "close";
        await Problem.SendAsync(invocation.Http, StatusCodes.Status504GatewayTimeout, timeout.Message);
        await invocation.Http.Response.CompleteAsync();
        // The web server uses the request's objects again once this returns: not while the function still has them.
        await invocation.WaitForEndAsync();
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
