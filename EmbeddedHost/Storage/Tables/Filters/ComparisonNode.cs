using System.Buffers.Binary;
using System.Text;
using Azure.Data.Tables;

namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>A property compared with a constant. False, whatever the operator, where the property is missing or of another type.</summary>
internal sealed record ComparisonNode(string Property, ComparisonOperator Operator, FilterLiteral Literal) : FilterNode
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(Property);

    public bool IsPartitionKey => Property == nameof(ITableEntity.PartitionKey);

    public bool IsRowKey => Property == nameof(ITableEntity.RowKey);

    public override bool Matches(in EntityRow row) => Compare(row) is { } order && Operator switch
    {
        ComparisonOperator.Equal => order == 0,
        ComparisonOperator.NotEqual => order != 0,
        ComparisonOperator.GreaterThan => order > 0,
        ComparisonOperator.GreaterThanOrEqual => order >= 0,
        ComparisonOperator.LessThan => order < 0,
        _ => order <= 0,
    };

    private int? Compare(in EntityRow row)
    {
        if (IsPartitionKey)
        {
            return CompareKey(row.PartitionKey);
        }

        if (IsRowKey)
        {
            return CompareKey(row.RowKey);
        }

        if (Property == nameof(ITableEntity.Timestamp))
        {
            Span<byte> ticks = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(ticks, row.Timestamp);
            return Literal.Compare(EdmType.DateTime, ticks);
        }

        return new PropertyReader(row.Properties).Find(_utf8Name, out var property)
            ? Literal.Compare(property.Type, property.Value)
            : null;
    }

    // In UTF-8, as SQLite orders the keys: UTF-16 differs beyond the basic plane.
    private int? CompareKey(string key)
    {
        Span<byte> utf8 = stackalloc byte[3 * TableLimits.KeyChars];
        return Literal.Compare(EdmType.String, utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
    }
}
