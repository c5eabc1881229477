namespace Reading;

/// <summary>
/// Reads numbers as JSON writes them, by value: 1, 1.0, 10e-1 and 1.00E+2 are whole numbers. Exact, in integers alone, and
/// in a time that grows with the text's length only, whatever its exponent.
/// </summary>
internal static class Numbers
{
    // What ten to it, times any text's digits, is beyond every number here.
    private const long LargestExponent = 1_000_000_000_000;

    // A signed 64-bit number has no more.
    private const int MostDigits = 19;

    private const byte MostDecimals = 9;

    /// <summary>Reads a whole number within bounds.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, long least, long most, out long number) =>
        TryScaled(text, 0, out number) && number >= least && number <= most;

    /// <summary>Reads a number as a count of a unit, a power of ten, such as cents.</summary>
    /// <param name="text">The number.</param>
    /// <param name="decimals">How many decimals the unit stands for: with 2, the text <c>1.5</c> is 150.</param>
    /// <param name="scaled">The count.</param>
    /// <returns>False where the text is no number, or its value no whole count of 64 bits.</returns>
    public static bool TryScaled(ReadOnlySpan<char> text, int decimals, out long scaled)
    {
        scaled = 0;
        var isNegative = text is ['-', ..];
        var rest = isNegative ? text[1..] : text;
        var mark = rest.IndexOfAny('e', 'E');
        var mantissa = mark < 0 ? rest : rest[..mark];
        var exponent = 0L;
        if (mark >= 0 && !TryExponent(rest[(mark + 1)..], out exponent))
        {
            return false;
        }

        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (!AreDigits(whole) || (point >= 0 && !AreDigits(fraction)))
        {
            return false;
        }

        var (value, count, zeros) = (0UL, 0L, 0L);
        foreach (var c in mantissa)
        {
            switch (c)
            {
                case '.':
                    break;
                case '0':
                    zeros++;
                    break;
                default:
                    count = count == 0 ? 1 : count + zeros + 1;
                    if (count > MostDigits)
                    {
                        return false;
                    }

                    value = (TimesTenTo(zeros, value) * 10) + (ulong)(c - '0');
                    zeros = 0;
                    break;
            }
        }

        // Of the last digit that is not 0.
        var power = exponent + decimals - fraction.Length + zeros;
        if (count > 0 && (power < 0 || count + power > MostDigits))
        {
            return false;
        }

        value = count == 0 ? 0 : TimesTenTo(power, value);
        scaled = isNegative ? -(long)value : (long)value;
        return value <= long.MaxValue;
    }

    /// <summary>Reads a number of at most nine decimals.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out decimal number)
    {
        for (byte decimals = 0; decimals <= MostDecimals; decimals++)
        {
            if (TryScaled(text, decimals, out var scaled))
            {
                var magnitude = (UInt128)Int128.Abs(scaled);
                number = new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, scaled < 0, decimals);
                return true;
            }
        }

        number = 0;
        return false;
    }

    /// <summary>Whether a text is one or more of 0 to 9, and nothing else.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static ulong TimesTenTo(long power, ulong value)
    {
        for (; value > 0 && power > 0; power--)
        {
            value *= 10;
        }

        return value;
    }

    private static bool TryExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        if (!AreDigits(digits))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = Math.Min((exponent * 10) + (digit - '0'), LargestExponent);
        }

        exponent = text[0] == '-' ? -exponent : exponent;
        return true;
    }
}
