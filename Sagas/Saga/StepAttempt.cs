using Microsoft.Extensions.Options;

namespace Sagas;

/// <summary>What every attempt at an activity has around it: a time limit of its own, which Durable Functions does not have, and whoever wants to be told of it.</summary>
public sealed class StepAttempt(IOptions<SagaOptions> options, SagaCatalog sagas, IEnumerable<IAttemptObserver> observers, TimeProvider time)
{
    private readonly IAttemptObserver[] _observers = [.. observers];

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
        foreach (var observer in _observers)
        {
            observer.Before(step, key);
        }

        try
        {
            // Waited for beside the token too: an act that ignores its token must not hold the saga.
            var result = await act(attempt.Token).WaitAsync(attempt.Token);
            foreach (var observer in _observers)
            {
                observer.After(step, key);
            }

            return result;
        }
        catch (OperationCanceledException cancelled) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{step} of {key} took longer than the {limit:c} of Saga__AttemptTimeout; the attempt is given up.", cancelled);
        }
    }
}

/// <summary>Is told of each attempt at an activity, and may fail it: for demonstrations and tests.</summary>
public interface IAttemptObserver
{
    /// <summary>An attempt begins. What is thrown here fails it before it has done anything.</summary>
    /// <param name="step">The activity's name.</param>
    /// <param name="key">What the saga is about.</param>
    void Before(string step, string key);

    /// <summary>An attempt has done its work. What is thrown here fails it all the same.</summary>
    /// <inheritdoc cref="Before" path="/param" />
    void After(string step, string key);
}
