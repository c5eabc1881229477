// Without annotations, as the real type is: code that passes either nullability of object compiles on both hosts.
#nullable disable

using System.Collections;

namespace Azure.Data.Tables;

/// <summary>A row as a dictionary: the keys, the version and the time are entries too.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    internal const string ETagName = "odata.etag";

    private readonly Dictionary<string, object> _properties;

    /// <summary>An entity without keys.</summary>
    public TableEntity() => _properties = [];

    /// <summary>An entity with its keys.</summary>
    public TableEntity(string partitionKey, string rowKey)
    {
        _properties = [];
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>An entity with a copy of the given properties.</summary>
    public TableEntity(IDictionary<string, object> values) => _properties = values is null ? [] : new(values);

    /// <inheritdoc/>
    public string PartitionKey
    {
        get => GetString(nameof(PartitionKey));
        set => _properties[nameof(PartitionKey)] = value;
    }

    /// <inheritdoc/>
    public string RowKey
    {
        get => GetString(nameof(RowKey));
        set => _properties[nameof(RowKey)] = value;
    }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(nameof(Timestamp));
        set => _properties[nameof(Timestamp)] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(ETagName) is { } etag ? new ETag(etag) : default;
        set => _properties[ETagName] = value.ToString();
    }

    /// <summary>The names of the entries.</summary>
    public ICollection<string> Keys => _properties.Keys;

    /// <summary>How many entries there are.</summary>
    public int Count => _properties.Count;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    internal Dictionary<string, object> Properties => _properties;

    private ICollection<KeyValuePair<string, object>> Pairs => _properties;

    /// <summary>An entry's value; null where there is none.</summary>
    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    /// <summary>The text of an entry; null where there is none.</summary>
    public string GetString(string key) => Get<string>(key, "String");

    /// <summary>The bytes of an entry; null where there is none.</summary>
    public BinaryData GetBinaryData(string key) =>
        this[key] is BinaryData data ? data : Get<byte[]>(key, "Binary") is { } bytes ? BinaryData.FromBytes(bytes) : null;

    /// <summary>The bytes of an entry; null where there is none.</summary>
    public byte[] GetBinary(string key) => Get<byte[]>(key, "Binary");

    /// <summary>The truth value of an entry; null where there is none.</summary>
    public bool? GetBoolean(string key) => Get<bool?>(key, "Boolean");

    /// <summary>The time of an entry, in UTC; null where there is none.</summary>
    public DateTime? GetDateTime(string key) =>
        this[key] is DateTimeOffset time ? time.UtcDateTime : Get<DateTime?>(key, "DateTime");

    /// <summary>The time of an entry; null where there is none.</summary>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        this[key] is DateTime time ? new DateTimeOffset(time) : Get<DateTimeOffset?>(key, "DateTime");

    /// <summary>The floating-point number of an entry; null where there is none.</summary>
    public double? GetDouble(string key) => Get<double?>(key, "Double");

    /// <summary>The GUID of an entry; null where there is none.</summary>
    public Guid? GetGuid(string key) => Get<Guid?>(key, "Guid");

    /// <summary>The 32-bit number of an entry; null where there is none.</summary>
    public int? GetInt32(string key) => Get<int?>(key, "Int32");

    /// <summary>The 64-bit number of an entry; null where there is none.</summary>
    public long? GetInt64(string key) => Get<long?>(key, "Int64");

    /// <summary>Sets an entry, whether or not it exists.</summary>
    public void Add(string key, object value) => _properties[key] = value;

    /// <summary>Whether an entry exists.</summary>
    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    /// <summary>Removes an entry; false where there is none.</summary>
    public bool Remove(string key) => _properties.Remove(key);

    /// <summary>The value of an entry, if there is one.</summary>
    public bool TryGetValue(string key, out object value) => _properties.TryGetValue(key, out value);

    /// <summary>Removes every entry.</summary>
    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Pairs.Add(item);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => Pairs.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        Pairs.CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => Pairs.Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() =>
        _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    private T Get<T>(string key, string expected) => _properties.GetValueOrDefault(key) switch
    {
        null => default,
        T value => value,
        var other => throw new InvalidOperationException(
            $"The property '{key}' was asked for as {expected}, but holds a value of type {other.GetType().Name}."),
    };
}
