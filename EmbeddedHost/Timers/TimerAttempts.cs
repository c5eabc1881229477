using EmbeddedHost.Hosting.Invocation;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Timers;

/// <summary>Calls a timer function, again where it fails and its retry policy says so.</summary>
internal sealed partial class TimerAttempts(TimerDefinition definition, FunctionCatalog catalog, TimeProvider clock, ILogger log)
{
    private readonly string _name = definition.Function.Descriptor.FunctionName;
    private volatile bool _isInCode;

    /// <summary>Whether the function's own code runs now.</summary>
    public bool IsInCode => _isInCode;

    /// <summary>Calls the function until it succeeds, or may not be called again; returns its last failure.</summary>
    /// <param name="info">What it is told.</param>
    /// <param name="cutOff">Cancelled when it is to end.</param>
    public async Task<Exception?> TryAsync(string info, CancellationToken cutOff)
    {
        for (var retries = 0; ; retries++)
        {
            var failure = await CallAsync(info, retries, cutOff);
            if (failure is null || cutOff.IsCancellationRequested || !definition.Retry.GoesOn(retries))
            {
                return failure;
            }

            var wait = definition.Retry.Wait(retries);
            LogRetry(failure, _name, wait);
            await Task.Delay(wait, clock, cutOff).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (cutOff.IsCancellationRequested)
            {
                return failure;
            }
        }
    }

    private async Task<Exception?> CallAsync(string info, int retries, CancellationToken cutOff)
    {
        var invocation = catalog.NewInvocation(definition.Function, info, definition.Retry.Attempt(retries), cutOff);
        try
        {
            _isInCode = true;
            await catalog.RunAsync(invocation);
            return null;
        }
        catch (Exception e) when (invocation.HasTimedOut)
        {
            // One run at a time: the next one waits for this one's real end.
            LogTimedOut(_name, e.Message);
            await invocation.WaitForEndAsync();
            return e;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            _isInCode = false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason} Function '{Function}' does not run again before that run has ended.")]
    private partial void LogTimedOut(string function, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Function '{Function}' failed, and is tried again in {Wait}.")]
    private partial void LogRetry(Exception e, string function, TimeSpan wait);
}
