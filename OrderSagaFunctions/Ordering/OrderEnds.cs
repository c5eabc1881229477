using OrderSagaFunctions.Notifications;
using OrderSagaFunctions.Orders;
using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Ordering;

/// <summary>Writes down how orders' sagas end. A cancel that is granted while a saga goes back decides that.</summary>
public sealed class OrderEnds(OrderStore orders, OrderIndex index, CancelGate gate, CommittedNotice committed)
{
    /// <summary>Stores a saga's story; repeating it changes nothing.</summary>
    /// <returns>Done, or refused where the story says that the saga failed and a cancel was granted.</returns>
    public async Task<StepResult> StoreAsync(ReportToStore ended, CancellationToken cancellation)
    {
        // The gate first: from then on no cancel is granted that the story would belie.
        if (ended.Report.Outcome == SagaOutcome.Failed && !await gate.TryFailAsync(ended.Saga, cancellation))
        {
            return new StepResult(Refusal.Cancelled);
        }

        await committed.LookAfterAsync(ended, cancellation);
        // The index after the story: an order without an entry has ended.
        await index.EndAsync(ended, await orders.TryStoreReportAsync(ended, cancellation), cancellation);
        return StepResult.Done;
    }
}
