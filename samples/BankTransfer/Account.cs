using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace BankTransfer;

public sealed record Balance(bool IsOpen, long Cents);

/// <summary>An account. Its balance is never below zero.</summary>
public sealed class Account : TaskEntity<Balance>
{
    /// <summary>Opens it, once: a repeated call changes nothing.</summary>
    public void Open(long cents) => State = State.IsOpen ? State : new Balance(true, cents);

    public Balance Read() => State;

    public void Deposit(long cents) => State = State with { Cents = State.Cents + cents };

    public void Withdraw(long cents) => State = State.Cents >= cents
        ? State with { Cents = State.Cents - cents }
        : throw new InvalidOperationException($"The account has {State.Cents} cents, {cents} were asked for.");

    protected override Balance InitializeState(TaskEntityOperation entityOperation) => new(false, 0);

    [Function(nameof(Account))]
    public static Task Run([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Account>();
}
