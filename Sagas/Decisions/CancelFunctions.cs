using Microsoft.Azure.Functions.Worker;

namespace Sagas.Decisions;

/// <summary>The cancel's part in the saga.</summary>
public sealed class CancelFunctions(CancelGate gate, StepAttempt attempt)
{
    /// <summary>Settles whether a saga that a cancel event woke is cancelled: anyone may raise an event, the gate decides.</summary>
    [Function(SagaActivities.ConfirmCancel)]
    public Task<CancelVerdict> ConfirmAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) => attempt.RunAsync(
        SagaActivities.ConfirmCancel,
        bid.Key,
        async token => new CancelVerdict(await gate.TryCancelAsync(bid.Key, bid.Generation, OperatorNote.None, token)),
        cancellation);

    /// <summary>Settles the same for a saga whose pivot has failed for good: it passes, unless it was cancelled.</summary>
    [Function(SagaActivities.SettlePivot)]
    public Task<CancelVerdict> SettleAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) => attempt.RunAsync(
        SagaActivities.SettlePivot,
        bid.Key,
        async token => new CancelVerdict(!await gate.TryPassAsync(bid.Key, bid.Generation, token)),
        cancellation);
}
