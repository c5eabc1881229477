using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Entities;

namespace Counter;

/// <summary>A number that lives for ever: each operation is a message, and one runs at a time.</summary>
public sealed class Counter : TaskEntity<long>
{
    public void Add(long amount) => State += amount;

    public void Reset() => State = 0;

    [Function(nameof(Counter))]
    public static Task Run([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Counter>();
}
