namespace EmbeddedHost.Storage.Tables;

/// <summary>An entity as it is stored: its keys, its timestamp in ticks (UTC), its encoded properties.</summary>
internal readonly record struct EntityRow(string PartitionKey, string RowKey, long Timestamp, byte[] Properties);
