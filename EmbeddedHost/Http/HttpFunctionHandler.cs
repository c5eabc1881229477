using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Binding;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Http;

/// <summary>What the handlers of all HTTP functions share.</summary>
/// <param name="Catalog">The functions.</param>
/// <param name="Bodies">Reads what they are sent.</param>
/// <param name="LongestBody">How many bytes of that there may be.</param>
/// <param name="Stop">Ends what is still open.</param>
/// <param name="Runtime">Knows what failures of its store are.</param>
internal sealed record HttpServing(FunctionCatalog Catalog, RequestBodies Bodies, int LongestBody, HostStop Stop, IHostRuntime Runtime);

/// <summary>Runs one HTTP function: request in, invocation, response out.</summary>
internal sealed class HttpFunctionHandler(HostedFunction function, HttpServing serving, ILogger logger)
{
    /// <summary>Serves a request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        try
        {
            using var body = await serving.Bodies.ReadAsync(http, serving.LongestBody);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, serving.Stop.Overdue);
            await using var invocation = serving.Catalog.NewInvocation(
                function, context => new EmbeddedRequest(context, http, body.Bytes), end.Token);
            await AnswerAsync(invocation);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug("Function '{Function}': the caller has gone.", function.Descriptor.FunctionName);
        }
        catch (Exception e)
        {
            await (http.Response.HasStarted ? CutOffAsync(e, http) : SendFailureAsync(e, http));
        }
    }

    private async Task AnswerAsync(InvocationContext invocation)
    {
        var http = invocation.Http;
        var run = serving.Catalog.InvokeAsync(invocation);
        try
        {
            await run.WaitAsync(serving.Stop.Overdue);
        }
        catch (TimeoutException e) when (invocation.HasTimedOut)
        {
            logger.LogError("{Reason}", e.Message);
            await EndAsync(http, new BadHttpRequestException(e.Message, StatusCodes.Status504GatewayTimeout));
            // The web server uses the request's objects again once this returns: not while the function still has them.
            await invocation.WaitForEndAsync();
            return;
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            await EndAsync(http, Problem.Stopping());
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await SendAsync(invocation.HttpResult, invocation);
    }

    private Task SendAsync(object? result, InvocationContext invocation)
    {
        if (!invocation.HasHttp || result is EmbeddedResponse)
        {
            return HttpAnswers.SendAsync(result, invocation);
        }

        // The ASP.NET Core integration has sent what it knows; other results it drops, here and on Azure.
        if (result is not (null or IActionResult or IResult or HttpResponseData))
        {
            logger.LogWarning(
                "Function '{Function}' returned a {Type}, which the ASP.NET Core integration does not send: return an IActionResult or an IResult.",
                function.Descriptor.FunctionName, result.GetType().Name);
        }

        return Task.CompletedTask;
    }

    // Ends a request whose function is not waited for. An answer that has begun is cut off: no caller is to take it for a whole one.
    private static async Task EndAsync(HttpContext http, BadHttpRequestException answer)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        await Problem.RefuseAsync(http, answer);
        await http.Response.CompleteAsync();
    }

    private Task CutOffAsync(Exception failure, HttpContext http)
    {
        logger.LogError(failure, "Function '{Function}' failed after its answer had begun, which is cut off.", function.Descriptor.FunctionName);
        http.Abort();
        return Task.CompletedTask;
    }

    private Task SendFailureAsync(Exception failure, HttpContext http)
    {
        switch (failure)
        {
            case FunctionInputConverterException input:
                return Problem.SendAsync(http, StatusCodes.Status400BadRequest, input.Message);
            case UnservedBindingException unserved:
                return Problem.SendAsync(http, StatusCodes.Status501NotImplemented, unserved.Message);
            case BadHttpRequestException request:
                return Problem.RefuseAsync(http, request);
            case var _ when serving.Runtime.Unavailable(failure) is { } detail:
                return Problem.SendStorageFailureAsync(http, detail);
            case OperationCanceledException when serving.Stop.Begun.IsCancellationRequested:
                return Problem.RefuseAsync(http, Problem.Stopping());
            default:
                logger.LogError(failure, "Function '{Function}' failed.", function.Descriptor.FunctionName);
                return Problem.SendAsync(
                    http, StatusCodes.Status500InternalServerError,
                    $"Function '{function.Descriptor.FunctionName}' failed; the host's log says why.");
        }
    }
}
