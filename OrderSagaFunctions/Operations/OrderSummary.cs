using System.Text.Json.Serialization;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>An order among others.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Who ordered.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="Total">What it costs.</param>
/// <param name="InstanceId">The orchestration instance of its saga.</param>
/// <param name="RuntimeStatus">The instance's status, such as Running, Completed or Failed.</param>
/// <param name="Outcome">How the saga ended, or null where it has not.</param>
/// <param name="IsFlagged">Whether a check has flagged it.</param>
/// <param name="IsParked">Whether its saga waits for an operator.</param>
/// <param name="OpenIncidents">How much was left undone and is not dealt with.</param>
/// <param name="Attempts">The most attempts that any of its steps took; 0 where there is none.</param>
public sealed record OrderSummary(
    string OrderId,
    string CustomerId,
    OrderStatus Status,
    DateTimeOffset AcceptedAt,
    MoneyView Total,
    string InstanceId,
    string RuntimeStatus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] SagaOutcome? Outcome,
    bool IsFlagged,
    bool IsParked,
    int OpenIncidents,
    int Attempts)
{
    /// <summary>The state that its saga entered last; null where it has entered none, or nothing tells it any more.</summary>
    public string? State { get; init; }

    /// <summary>What is tried again; null where nothing is.</summary>
    public RetryingStep? Retrying { get; init; }

    /// <summary>Whether its saga has not ended.</summary>
    internal bool IsRunning { get; init; }
}
