using Microsoft.DurableTask.Entities;

namespace EmbeddedHost.Tests.Contract.Entities;

/// <summary>A number that is added to.</summary>
public sealed class Counter : TaskEntity<int>
{
    public int Add(int amount)
    {
        State += amount;
        return State;
    }

    public int Get() => State;

    public void Set(int value) => State = value;

    /// <summary>Fails after it has added.</summary>
    public void AddAndFail(int amount)
    {
        State += amount;
        Context.SignalEntity(new EntityInstanceId(nameof(Counter), "told"), nameof(Add), amount);
        throw new InvalidOperationException("It was too much.");
    }

    /// <summary>Adds here, and to another one.</summary>
    public void Tell(string key)
    {
        State++;
        Context.SignalEntity(new EntityInstanceId(nameof(Counter), key), nameof(Add), 1);
    }

    /// <summary>Starts an orchestration with what it has come to.</summary>
    public string Start(string orchestrator) => Context.ScheduleNewOrchestration(orchestrator, State);
}

/// <summary>Money, which must never be below 0.</summary>
public sealed class Account : TaskEntity<decimal>
{
    public decimal Balance() => State;

    public void Deposit(decimal amount) => State += amount;

    public void Withdraw(decimal amount) => State = State >= amount
        ? State - amount
        : throw new InvalidOperationException("The account is short.");
}

/// <summary>What it was told, in that order.</summary>
public sealed class Diary : TaskEntity<List<string>>
{
    public void Write(string line) => State.Add(line);

    public IReadOnlyList<string> Read() => State;

    protected override List<string> InitializeState(TaskEntityOperation entityOperation) => [];
}
