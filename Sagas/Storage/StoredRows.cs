using System.Text.Json.Serialization.Metadata;
using System.Text.Json;
using Azure.Data.Tables;

namespace Sagas.Storage;

/// <summary>A property of a row that does not hold what the app writes there: damaged on disk, or changed by somebody else.</summary>
/// <param name="Partition">The row's partition: the order, or the item of stock.</param>
/// <param name="Row">The row's key.</param>
/// <param name="Property">The property.</param>
/// <param name="Problem">What was expected, and what was found.</param>
public sealed record UnreadableRow(string Partition, string Row, string Property, string Problem);

/// <summary>A row cannot be read. Nothing was changed.</summary>
public sealed class UnreadableRowException(UnreadableRow row, Exception? cause = null) : Exception(
    $"The stored row '{row.Row}' of '{row.Partition}' cannot be read: {row.Property} is {row.Problem}. Restore it, or write what belongs there.", cause)
{
    /// <summary>Which row, and what is wrong with it.</summary>
    public UnreadableRow Row { get; } = row;
}

/// <summary>Reads what a row must have. Whatever does not fit is named, with its row.</summary>
public static class StoredRows
{
    /// <summary>A text.</summary>
    /// <exception cref="UnreadableRowException">There is none.</exception>
    public static string Text(this TableEntity row, string property) => Required<string>(row, property, "a text");

    /// <summary>A time.</summary>
    /// <inheritdoc cref="Text" path="/exception" />
    public static DateTimeOffset Time(this TableEntity row, string property) => Required<DateTimeOffset>(row, property, "a time");

    /// <summary>A whole number of 32 bits.</summary>
    /// <inheritdoc cref="Text" path="/exception" />
    public static int Whole(this TableEntity row, string property) => Required<int>(row, property, "a whole number");

    /// <summary>A whole number of 64 bits.</summary>
    /// <inheritdoc cref="Text" path="/exception" />
    public static long WholeLong(this TableEntity row, string property) => Required<long>(row, property, "a whole number");

    /// <summary>One of the values of an enum, by its name.</summary>
    /// <inheritdoc cref="Text" path="/exception" />
    public static T Choice<T>(this TableEntity row, string property)
        where T : struct, Enum
    {
        var text = row.Text(property);
        return Enum.GetNames<T>().Contains(text, StringComparer.Ordinal)
            ? Enum.Parse<T>(text)
            : throw Unreadable(row, property, $"'{text}', expected one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <summary>A value as JSON, whole.</summary>
    /// <inheritdoc cref="Text" path="/exception" />
    public static T Json<T>(this TableEntity row, string property, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(row.Text(property), type)
                ?? throw Unreadable(row, property, $"null, expected JSON of {typeof(T).Name}");
        }
        catch (JsonException damage)
        {
            throw Unreadable(row, property, $"no JSON of {typeof(T).Name}: {damage.Message}", damage);
        }
    }

    private static T Required<T>(TableEntity row, string property, string expected) => row.TryGetValue(property, out var value) && value is T found
        ? found
        : throw Unreadable(row, property, value is null ? $"missing, expected {expected}" : $"a {value.GetType().Name}, expected {expected}");

    private static UnreadableRowException Unreadable(TableEntity row, string property, string problem, Exception? cause = null) =>
        new(new UnreadableRow(row.PartitionKey, row.RowKey, property, problem), cause);
}

/// <summary>Collects what a read of many rows had to leave out, so that it tells the rest, and of these which they are.</summary>
public sealed class UnreadableRows
{
    private const int MostListed = 100;
    private readonly Lock _gate = new();
    private readonly List<UnreadableRow> _rows = [];

    /// <summary>The rows that were left out: the first hundred. Null where there are none, so that answers say nothing of them.</summary>
    public IReadOnlyList<UnreadableRow>? Found
    {
        get
        {
            lock (_gate)
            {
                return _rows.Count == 0 ? null : [.. _rows];
            }
        }
    }

    /// <summary>Reads something; what cannot be read is left out.</summary>
    /// <returns>Null where it was.</returns>
    public async Task<T?> SkipAsync<T>(Func<Task<T>> read)
        where T : class?
    {
        try
        {
            return await read();
        }
        catch (UnreadableRowException unreadable)
        {
            Add(unreadable.Row);
            return null;
        }
    }

    /// <inheritdoc cref="SkipAsync" />
    public T? Skip<T>(Func<T> read)
        where T : class?
    {
        try
        {
            return read();
        }
        catch (UnreadableRowException unreadable)
        {
            Add(unreadable.Row);
            return null;
        }
    }

    private void Add(UnreadableRow row)
    {
        lock (_gate)
        {
            if (_rows.Count < MostListed && !_rows.Contains(row))
            {
                _rows.Add(row);
            }
        }
    }
}
