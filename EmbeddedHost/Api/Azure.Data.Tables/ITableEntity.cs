namespace Azure.Data.Tables;

/// <summary>What every row has: its two keys, and the time and version of its last write.</summary>
public interface ITableEntity
{
    /// <summary>The partition: rows that share it can be written in one transaction.</summary>
    string PartitionKey { get; set; }

    /// <summary>The key within the partition.</summary>
    string RowKey { get; set; }

    /// <summary>When the row was last written; set by reads, ignored by writes.</summary>
    DateTimeOffset? Timestamp { get; set; }

    /// <summary>The version of the row; set by reads, ignored by writes.</summary>
    ETag ETag { get; set; }
}
