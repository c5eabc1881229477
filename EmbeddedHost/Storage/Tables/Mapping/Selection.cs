using System.Text;

namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>Which properties of an entity a read returns. As with the service, the keys too only where they are named.</summary>
internal sealed class Selection
{
    public static readonly Selection All = new();

    private readonly List<byte[]>? _names;

    private Selection() => PartitionKey = RowKey = Timestamp = true;

    private Selection(IEnumerable<string> names)
    {
        _names = [];
        foreach (var name in names)
        {
            PartitionKey |= name == nameof(PartitionKey);
            RowKey |= name == nameof(RowKey);
            Timestamp |= name == nameof(Timestamp);
            _names.Add(Encoding.UTF8.GetBytes(name));
        }
    }

    public bool PartitionKey { get; }

    public bool RowKey { get; }

    public bool Timestamp { get; }

    /// <summary>The named properties; all where none is named.</summary>
    public static Selection Of(IEnumerable<string>? names)
    {
        if (names is null)
        {
            return All;
        }

        var selection = new Selection(names);
        return selection._names!.Count == 0 ? All : selection;
    }

    public bool Has(ReadOnlySpan<byte> name)
    {
        if (_names is null)
        {
            return true;
        }

        foreach (var selected in _names)
        {
            if (name.SequenceEqual(selected))
            {
                return true;
            }
        }

        return false;
    }
}
