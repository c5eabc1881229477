namespace OrderSagaFunctions.Inventory;

/// <summary>
/// Lets the changes of one item's stock queue up within this process, where they would only defeat each other's conditional
/// writes. Between processes the writes' conditions alone decide.
/// </summary>
public sealed class ItemQueues
{
    private const int Count = 512;
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, Count).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the item's turn. A caller holds one turn at a time, so that none can wait in a circle.</summary>
    public async Task<IDisposable> EnterAsync(string itemId, CancellationToken cancellation)
    {
        var queue = _queues[(uint)StringComparer.Ordinal.GetHashCode(itemId) % Count];
        await queue.WaitAsync(cancellation);
        return new Turn(queue);
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
