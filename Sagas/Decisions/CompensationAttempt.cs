namespace Sagas.Decisions;

/// <summary>
/// What every attempt at a compensation has around it besides what any has: once a saga has passed its pivot nothing of it is
/// undone any more, whoever asks. Another run of it may, that was restarted, or a child that outlived its stopped parent.
/// </summary>
public sealed class CompensationAttempt(StepAttempt attempt, CancelGate gate)
{
    /// <summary>Makes one attempt; where the saga has passed its pivot there is nothing to undo, and it is done.</summary>
    /// <param name="compensation">The activity's name.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="generation">Which saga of the order.</param>
    /// <param name="undo">What it does; its token ends with the attempt.</param>
    /// <param name="cancellation">The host's own token.</param>
    /// <exception cref="TimeoutException">The attempt took too long.</exception>
    public Task<StepResult> RunAsync(
        string compensation, string orderId, int generation, Func<CancellationToken, Task<StepResult>> undo, CancellationToken cancellation) =>
        attempt.RunAsync(
            compensation,
            orderId,
            async token => await gate.IsPassedAsync(orderId, generation, token) ? StepResult.Done : await undo(token),
            cancellation);
}
