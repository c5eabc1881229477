using System.Text.Json.Serialization;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Shipments;
using Sagas;
using Sagas.Decisions;
using Sagas.Storage;

namespace OrderSagaFunctions.Operations;

/// <summary>An order as the API shows it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="OrderDate">When the customer placed it, where known.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Total">What it costs.</param>
/// <param name="Items">What is ordered.</param>
/// <param name="Saga">Its saga.</param>
/// <param name="Review">Its review, or null where it needed none.</param>
/// <param name="Transactions">What it has moved, in the order of time.</param>
/// <param name="Decisions">What was decided about it and by whom, in the order of time.</param>
public sealed record OrderView(
    string OrderId,
    string CustomerId,
    OrderStatus Status,
    DateTimeOffset? OrderDate,
    DateTimeOffset AcceptedAt,
    MoneyView Total,
    IReadOnlyList<OrderItemView> Items,
    SagaView Saga,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] ReviewView? Review,
    IReadOnlyList<OrderTransaction> Transactions,
    IReadOnlyList<TimelineEntry> Decisions)
{
    /// <summary>Its shipments, where it comes from several locations.</summary>
    public IReadOnlyList<Shipment>? Shipments { get; init; }

    /// <summary>The rows because of which something is left out; null where there are none.</summary>
    public IReadOnlyList<UnreadableRow>? Unreadable { get; init; }
}

/// <summary>An order's line as the API shows it.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Qty">How many pieces.</param>
/// <param name="Description">What the customer saw, where given.</param>
/// <param name="UnitPrice">The price of one piece, in major units of the order's currency.</param>
public sealed record OrderItemView(string ItemId, long Qty, string? Description, decimal UnitPrice)
{
    /// <summary>Shows a line.</summary>
    public static OrderItemView Of(OrderLine line, string currency) =>
        new(line.ItemId, line.Quantity, line.Description, new Money(line.UnitPriceMinor, currency).Amount);
}

/// <summary>Money as the API shows it.</summary>
/// <param name="Amount">In major units.</param>
/// <param name="Currency">The ISO 4217 code.</param>
public sealed record MoneyView(decimal Amount, string Currency)
{
    /// <summary>Shows an amount.</summary>
    public static MoneyView Of(Money money) => new(money.Amount, money.Currency);
}

/// <summary>An order's saga as the API shows it.</summary>
/// <param name="InstanceId">The orchestration instance.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
/// <param name="Outcome">How the saga ended, or null where it has not.</param>
/// <param name="CompensationIncomplete">Whether anything that should have been undone is not known to be.</param>
/// <param name="Path">The states entered, in order.</param>
/// <param name="Steps">What happened in each.</param>
/// <param name="Incidents">What was left undone, and what became of it.</param>
/// <param name="Parked">Where it, or the first of its children, waits for an operator, while it does; each child says the same of itself.</param>
public sealed record SagaView(
    string InstanceId,
    string RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SagaOutcome? Outcome,
    bool CompensationIncomplete,
    IReadOnlyList<string> Path,
    IReadOnlyList<StepReport> Steps,
    IReadOnlyList<Incident> Incidents,
    ParkedState? Parked)
{
    /// <summary>The stories of its children, where the order comes from several locations.</summary>
    public IReadOnlyList<ChildView>? Children { get; init; }

    /// <summary>The same as it is told to those who do not run this service: without the messages of exceptions.</summary>
    internal SagaView ForCallers() => this with
    {
        Steps = [.. Steps.Select(step => step.ForCallers())],
        Children = Children is null ? null : [.. Children.Select(static child => child with { Steps = [.. child.Steps.Select(step => step.ForCallers())], Parked = ForCallers(child.Parked) })],
        Incidents = [.. Incidents.Select(incident => incident with { Error = StepFailure.ForCallers(StepOutcome.Failed, incident.Error) })],
        Parked = ForCallers(Parked),
    };

    /// <summary>Shows a saga, which may not have told anything yet.</summary>
    public static SagaView Of(string instanceId, string runtimeStatus, SagaReport? story, IReadOnlyList<ParkedState> waits, IReadOnlyList<Incident> incidents) => new(
        instanceId,
        runtimeStatus,
        story?.Outcome,
        incidents.Any(incident => incident.Status == IncidentStatus.Open),
        story?.Path ?? [],
        story?.Steps ?? [],
        incidents,
        waits is [var first, ..] ? first : null)
    {
        Children = story?.Children is { } children
            ? [.. children.Select(child => ChildView.Of(child, waits.FirstOrDefault(wait => wait.Scope == child.Scope)))]
            : null,
    };

    private static ParkedState? ForCallers(ParkedState? parked) =>
        parked is null ? null : parked with { Error = StepFailure.ForCallers(StepOutcome.Failed, parked.Error) };
}

/// <summary>A child saga as the API shows it.</summary>
/// <param name="Scope">Which part of the order it does, such as what comes from one fulfilment location.</param>
/// <param name="InstanceId">The orchestration instance, where the host still knows it.</param>
/// <param name="Outcome">How it ended; null while it runs, and where it was stopped from outside.</param>
/// <param name="Steps">What happened in each of its states, those of its compensation later on included.</param>
/// <param name="CompensatedBy">The orchestration instance that undoes what it has done, while that runs.</param>
/// <param name="Parked">Where it waits for an operator, while it does.</param>
public sealed record ChildView(
    string Scope, string InstanceId, SagaOutcome? Outcome, IReadOnlyList<StepReport> Steps, string? CompensatedBy, ParkedState? Parked)
{
    /// <summary>Shows a child, whose wait only its own rows know.</summary>
    public static ChildView Of(ChildReport child, ParkedState? waiting) =>
        new(child.Scope, child.InstanceId, child.Outcome, child.Steps, child.CompensatedBy, waiting);
}
