using System.Runtime.Serialization;
using Azure;
using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage;

public enum OrderState
{
    New,
    Pending,
    Done,
}

/// <summary>A row of a class of its own, with a property of each type.</summary>
public sealed class Order : ITableEntity
{
    public string PartitionKey { get; set; } = "";

    public string RowKey { get; set; } = "";

    public DateTimeOffset? Timestamp { get; set; }

    public ETag ETag { get; set; }

    public string? Customer { get; set; }

    public bool Paid { get; set; }

    public int Lines { get; set; }

    public long Amount { get; set; }

    public double Weight { get; set; }

    public Guid Trace { get; set; }

    public DateTimeOffset PlacedAt { get; set; } = DateTimeOffset.UnixEpoch;

    public DateTime DueAt { get; set; } = DateTime.UnixEpoch;

    public OrderState State { get; set; }

    [DataMember(Name = "Note")]
    public string? Comment { get; set; }

    [IgnoreDataMember]
    public string? Scratch { get; set; }

    public byte[]? Signature { get; set; }

    public BinaryData? Receipt { get; set; }

    public int? Discount { get; set; }

    public OrderState? Before { get; set; }

    public string Summary => $"{Customer}: {Lines}";
}
