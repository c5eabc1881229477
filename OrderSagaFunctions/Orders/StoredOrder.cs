using Sagas;

namespace OrderSagaFunctions.Orders;

/// <summary>What the tables know of an order.</summary>
public sealed record StoredOrder
{
    /// <summary>The order.</summary>
    public required string OrderId { get; init; }

    /// <summary>Who ordered.</summary>
    public required string CustomerId { get; init; }

    /// <summary>What it costs.</summary>
    public required Money Total { get; init; }

    /// <summary>The saga that was started for it last.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Which saga of the order the rest is about.</summary>
    public SagaId Id => new(OrderId, Generation);

    /// <summary>That saga, as those find it who decide about it.</summary>
    public SagaInstance Saga => new(OrderId, InstanceId);

    /// <summary>When it was accepted.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>How far it has come.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Which saga of the order the rest is about.</summary>
    public required int Generation { get; init; }

    /// <summary>How often it was taken up again after its saga had failed.</summary>
    public int Recoveries { get; init; }

    /// <summary>Where it goes, where known.</summary>
    public string? ShipToCountry { get; init; }

    /// <summary>When the customer placed it, where known.</summary>
    public DateTimeOffset? OrderDate { get; init; }

    /// <summary>What is ordered.</summary>
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>From which locations it comes, where that is more than one.</summary>
    public IReadOnlyList<LocationPlan>? Plan { get; init; }

    /// <summary>The story of its saga, once that has ended.</summary>
    public SagaReport? Report { get; init; }

    /// <summary>Whether it is no more than accepted: no saga has got as far as storing anything.</summary>
    internal bool HasStoredNothing => Status == OrderStatus.Received && Report is null && Recoveries == 0;

    /// <summary>The order as it was accepted.</summary>
    internal Order ToOrder() => new(OrderId, OrderDate, CustomerId, Total.Currency, ShipToCountry, Lines);
}

/// <summary>A recovery as it was written down.</summary>
/// <param name="Recovery">The recovery.</param>
/// <param name="Note">Who asked for it, why and when.</param>
internal sealed record StoredRecovery(OrderRecovery Recovery, StoredNote Note);

/// <summary>A saga's story as it was written down.</summary>
/// <param name="Generation">Which saga of the order.</param>
/// <param name="Report">Its story.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record StoredReport(int Generation, SagaReport Report, DateTimeOffset EndedAt);

/// <summary>As much of an order as a look at all of them takes.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="InstanceId">The saga that was started for it last.</param>
/// <param name="Generation">Which saga of the order the rest is about.</param>
/// <param name="Recoveries">How often it was taken up again after its saga had failed.</param>
/// <param name="Outcome">How that saga ended, or null where it has not.</param>
/// <param name="EndedAt">When it did.</param>
/// <param name="OpenId">Which entry of the index was written for that saga; null in rows of an earlier version.</param>
internal sealed record OrderGlance(
    string OrderId, string InstanceId, int Generation, int Recoveries, SagaOutcome? Outcome, DateTimeOffset? EndedAt, string? OpenId)
{
    /// <summary>Which saga of the order the rest is about.</summary>
    public SagaId Id => new(OrderId, Generation);
}

/// <summary>A saga that takes up an order after an earlier one of it failed.</summary>
/// <param name="Number">Which recovery of the order, counted from 1.</param>
/// <param name="InstanceId">The saga's instance.</param>
/// <param name="Generation">Which saga of the order: the earlier one's where nothing was undone, else the next.</param>
public sealed record OrderRecovery(int Number, string InstanceId, int Generation)
{
    /// <summary>Which entry of the index was written for it, if it begins a generation.</summary>
    public string? OpenId { get; init; }
}

/// <summary>An order with the sagas that it has had.</summary>
/// <param name="Order">The order.</param>
/// <param name="FirstInstanceId">The first one's instance.</param>
/// <param name="Recoveries">Each further one, in order.</param>
/// <param name="Reports">The stories of those that have ended by themselves.</param>
internal sealed record OrderRuns(
    StoredOrder Order, string FirstInstanceId, IReadOnlyList<StoredRecovery> Recoveries, IReadOnlyList<StoredReport> Reports)
{
    /// <summary>Every saga, in the order of their starts.</summary>
    public IReadOnlyList<StartedSaga> All { get; } =
    [
        new(FirstInstanceId, 1), .. Recoveries.Select(static recovery => new StartedSaga(recovery.Recovery.InstanceId, recovery.Recovery.Generation)),
    ];

    /// <summary>The story that a saga has written at its end, or null where it has written none.</summary>
    // The last saga of a generation is the one that has written its report, where there is one.
    public SagaReport? ReportOf(StartedSaga run) => All.Last(later => later.Generation == run.Generation) == run
        ? Reports.FirstOrDefault(report => report.Generation == run.Generation)?.Report
        : null;
}

/// <summary>One of the sagas that an order has had.</summary>
/// <param name="InstanceId">Its instance.</param>
/// <param name="Generation">Which saga of the order: one that goes on where another was stopped is of the same generation.</param>
internal sealed record StartedSaga(string InstanceId, int Generation);

/// <summary>Something an order has moved, as its rows say.</summary>
/// <param name="Type">What was moved.</param>
/// <param name="TransactionId">The id, the same however often the activity ran.</param>
/// <param name="At">When.</param>
public sealed record OrderTransaction(TransactionType Type, string TransactionId, DateTimeOffset At)
{
    /// <summary>How much money, in major units, where it was money.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The ISO 4217 code, where it was money.</summary>
    public string? Currency { get; init; }

    /// <summary>Where the stock is, where the order comes from several locations.</summary>
    public string? Location { get; init; }

    /// <summary>Which stock, where it was stock.</summary>
    public IReadOnlyList<TransactionItem>? Items { get; init; }
}

/// <summary>The stock of one item that a transaction moved.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Quantity">How many pieces.</param>
public sealed record TransactionItem(string ItemId, long Quantity);

/// <summary>What a transaction moved.</summary>
public enum TransactionType
{
    /// <summary>Money from the customer.</summary>
    Debit,

    /// <summary>Stock for the order.</summary>
    Reserve,

    /// <summary>Stock back from the order.</summary>
    Release,

    /// <summary>Money back to the customer.</summary>
    Credit,
}
