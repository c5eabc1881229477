using System.Globalization;

namespace EmbeddedHost.Storage.Tables.Filters;

/// <summary>Writes values as OData constants.</summary>
internal static class FilterText
{
    /// <summary>The filter with each hole filled by its argument as a constant.</summary>
    /// <exception cref="ArgumentException">An argument is of a type that filters do not know.</exception>
    public static string Of(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var constants = new object[filter.ArgumentCount];
        for (var i = 0; i < constants.Length; i++)
        {
            constants[i] = Constant(filter.GetArgument(i));
        }

        return string.Format(CultureInfo.InvariantCulture, filter.Format, constants);
    }

    /// <summary>A value as a constant.</summary>
    public static string Constant(object? value) => value switch
    {
        string text => Quoted(text),
        char c => Quoted(c.ToString()),
        bool flag => flag ? "true" : "false",
        int or short or byte or sbyte or ushort => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number => Real(number),
        float number => Real(number),
        Guid guid => $"guid'{guid:D}'",
        DateTimeOffset time => $"datetime'{time.UtcDateTime:O}'",
        DateTime time => $"datetime'{time.ToUniversalTime():O}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data.ToMemory().Span)}'",
        Enum => throw new ArgumentException(
            $"A filter cannot hold the enum {value.GetType().Name}: tables hold its name. Compare with '{nameof(ToString)}()' of it."),
        null => throw new ArgumentException("A filter cannot compare with null: a null property is an absent one."),
        _ => throw new ArgumentException(
            $"A filter cannot hold a value of type {value.GetType().Name}: text, numbers, bool, Guid, DateTime, DateTimeOffset and bytes are known."),
    };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    // A point marks a floating-point number: without one it would be read as an integer, and match no double.
    private static string Real(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E', 'N') || text.Contains('∞', StringComparison.Ordinal) ? text : text + ".0";
    }
}
