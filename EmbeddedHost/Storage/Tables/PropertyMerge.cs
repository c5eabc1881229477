using System.Buffers;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Merges an entity's properties over the stored ones, encoded as they are.</summary>
internal static class PropertyMerge
{
    /// <summary>The incoming properties and, after them, the stored ones that they do not name.</summary>
    /// <exception cref="Azure.RequestFailedException">Together they go over the limits of an entity.</exception>
    public static byte[] Merge(byte[] stored, byte[] incoming, string partitionKey, string rowKey)
    {
        var merged = new ArrayBufferWriter<byte>(stored.Length + incoming.Length);
        merged.Write(incoming);

        var count = 0;
        var size = EntitySize.Keys(partitionKey, rowKey);
        var added = new PropertyReader(incoming);
        while (added.Next(out var property))
        {
            count++;
            size += EntitySize.Property(property);
        }

        var kept = new PropertyReader(stored);
        while (kept.Next(out var property))
        {
            if (!new PropertyReader(incoming).Find(property.Name, out _))
            {
                count++;
                size += EntitySize.Property(property);
                merged.Write(property.Encoded);
            }
        }

        EntitySize.Check(count, size);
        return merged.WrittenSpan.ToArray();
    }
}
