using Microsoft.Azure.Functions.Worker;

namespace Sagas.Decisions;

/// <summary>The cancel's part in the saga.</summary>
public sealed class CancelFunctions(CancelGate gate)
{
    /// <summary>Settles whether a saga that a cancel event woke is cancelled: anyone may raise an event, the gate decides.</summary>
    [Function(SagaActivities.ConfirmCancel)]
    public async Task<CancelVerdict> ConfirmAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) =>
        new(await gate.TryCancelAsync(bid.Saga, OperatorNote.None, cancellation));

    /// <summary>Settles the same for a saga whose pivot has failed for good: it passes, unless it was cancelled.</summary>
    [Function(SagaActivities.SettlePivot)]
    public async Task<CancelVerdict> SettleAsync([ActivityTrigger] CancelBid bid, CancellationToken cancellation) =>
        new(!await gate.TryPassAsync(bid.Saga, cancellation));
}
