using System.Collections.Concurrent;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>
/// The instances in memory, by id. Above <paramref name="capacity"/> idle ones are evicted by the clock algorithm
/// (second chance): they cost disk until a message calls them back. At capacity 0 every turn starts cold, but for those
/// of an instance whose history is long: replaying that for each of its results would cost the square of their number.
/// </summary>
internal sealed class LiveInstances(int capacity)
{
    private const int StepsAtOnce = 32;

    private readonly ConcurrentDictionary<string, OrchestrationInstance> _instances = new(StringComparer.Ordinal);
    private readonly Lock _hand = new();
    private IEnumerator<KeyValuePair<string, OrchestrationInstance>>? _next;
    private int _count;
    private int _elsewhere;

    /// <summary>How many instances are in memory.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// True where every instance that has not ended is in memory, as it mostly is where there are few: then the file need
    /// not be asked for another.
    /// </summary>
    public bool HasAll => Volatile.Read(ref _elsewhere) == 0;

    /// <summary>All of them, as they come.</summary>
    public IEnumerable<OrchestrationInstance> All => _instances.Select(static pair => pair.Value);

    public bool TryGet(string id, out OrchestrationInstance? instance) => _instances.TryGetValue(id, out instance);

    public bool TryAdd(OrchestrationInstance instance)
    {
        if (!_instances.TryAdd(instance.Id, instance))
        {
            return false;
        }

        _ = Interlocked.Increment(ref _count);
        if (instance.IsOnDisk)
        {
            Expect(-1);
        }

        return true;
    }

    /// <summary>So many instances that have not ended came to be on disk, and are not in memory.</summary>
    public void Expect(int instances) => Interlocked.Add(ref _elsewhere, instances);

    /// <summary>Removes this very instance, not another run of its id.</summary>
    public void Remove(OrchestrationInstance instance)
    {
        if (_instances.TryRemove(KeyValuePair.Create(instance.Id, instance)))
        {
            _ = Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>Makes room, where there is none, after <paramref name="idle"/> became idle.</summary>
    public void OnIdle(OrchestrationInstance idle)
    {
        if (capacity == 0)
        {
            if (idle.HasEarnedItsReplay)
            {
                Evict(idle);
            }
        }
        else if (Count > capacity && _hand.TryEnter())
        {
            try
            {
                Sweep();
            }
            finally
            {
                _hand.Exit();
            }
        }
    }

    private void Sweep()
    {
        for (var step = 0; step < StepsAtOnce && Count > capacity; step++)
        {
            _next ??= _instances.GetEnumerator();
            if (!_next.MoveNext())
            {
                _next.Dispose();
                _next = null;
                continue;
            }

            var instance = _next.Current.Value;
            if (instance.WasUsed)
            {
                instance.WasUsed = false;
            }
            else
            {
                Evict(instance);
            }
        }
    }

    private void Evict(OrchestrationInstance instance)
    {
        if (instance.TryEvict())
        {
            Expect(1);
            Remove(instance);
        }
    }
}
