using Microsoft.Extensions.Options;

namespace OrderSagaFunctions.Saga;

/// <summary>What every attempt at an activity has around it: a time limit of its own, which Durable Functions does not have, and the injected faults.</summary>
public sealed class StepAttempt(IOptions<SagaOptions> options, SagaCatalog sagas, FaultInjector faults, TimeProvider time)
{
    /// <summary>Makes one attempt.</summary>
    /// <param name="step">The activity's name.</param>
    /// <param name="key">What the saga is about.</param>
    /// <param name="act">What it does; its token ends with the attempt.</param>
    /// <param name="cancellation">The host's own token.</param>
    /// <exception cref="TimeoutException">
    /// The attempt took too long. What it started may still take effect: the step's compensation leaves a tombstone against that.
    /// </exception>
    public async Task<T> RunAsync<T>(
        string step, string key, Func<CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        var limit = options.Value.AttemptTimeoutOf(step) ?? sagas.AttemptTimeoutOf(step) ?? options.Value.AttemptTimeout;
        using var deadline = new CancellationTokenSource(limit, time);
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        faults.BeforeActing(step, key);
        try
        {
            // Waited for beside the token too: an act that ignores its token must not hold the saga.
            var result = await act(attempt.Token).WaitAsync(attempt.Token);
            faults.AfterActing(step, key);
            return result;
        }
        catch (OperationCanceledException cancelled) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{step} of {key} took longer than the {limit:c} of Saga__AttemptTimeout; the attempt is given up.", cancelled);
        }
    }
}
