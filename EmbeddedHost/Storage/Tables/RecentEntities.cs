using System.Collections.Concurrent;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// The entities last written, as they are on disk. What was just written is what is read next, and a reading
/// connection has to drop its page cache after every commit of the writing one.
/// </summary>
/// <remarks>
/// Only the committing thread changes it, in the order of the commits, and only writes enter it. What a commit is about to
/// change is forgotten before, and put in after it: so an entry is never older than the file, and whoever has seen a commit in
/// the file finds nothing older here. When the young generation is full it becomes the old one, and the old one is forgotten.
/// </remarks>
internal sealed class RecentEntities
{
    private const long BytesOfGeneration = 8L << 20;
    private const int BytesOfEntry = 200;

    private ConcurrentDictionary<EntityKey, EntityRow> _young = new();
    private ConcurrentDictionary<EntityKey, EntityRow> _old = new();
    private long _bytes;

    /// <summary>The entity, where it was written lately and is still there. False says nothing.</summary>
    public bool TryGet(EntityKey key, out EntityRow row) =>
        Volatile.Read(ref _young).TryGetValue(key, out row) || Volatile.Read(ref _old).TryGetValue(key, out row);

    /// <summary>An entity as the last commit left it.</summary>
    public void Put(EntityKey key, EntityRow row)
    {
        _bytes += row.Properties.Length + BytesOfEntry;
        if (_bytes > BytesOfGeneration)
        {
            Volatile.Write(ref _old, _young);
            Volatile.Write(ref _young, new());
            _bytes = row.Properties.Length + BytesOfEntry;
        }

        _young[key] = row;
    }

    /// <summary>The commit to come changes or deletes the entity.</summary>
    public void Remove(EntityKey key)
    {
        // The old one first: were it last, a reader could miss the young entry and still find the old.
        _ = _old.TryRemove(key, out _);
        _ = _young.TryRemove(key, out _);
    }

    /// <summary>The commit to come deletes a whole table.</summary>
    public void Clear()
    {
        _old.Clear();
        _young.Clear();
    }
}

/// <summary>Names an entity. Table names do not mind case; keys do.</summary>
internal readonly record struct EntityKey(string Table, string PartitionKey, string RowKey)
{
    public bool Equals(EntityKey other) => string.Equals(RowKey, other.RowKey, StringComparison.Ordinal)
        && string.Equals(PartitionKey, other.PartitionKey, StringComparison.Ordinal)
        && string.Equals(Table, other.Table, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(
        string.GetHashCode(Table, StringComparison.OrdinalIgnoreCase),
        string.GetHashCode(PartitionKey, StringComparison.Ordinal),
        string.GetHashCode(RowKey, StringComparison.Ordinal));
}
