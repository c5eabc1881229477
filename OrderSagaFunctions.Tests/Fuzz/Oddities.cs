using System.Globalization;

namespace OrderSagaFunctions.Tests.Fuzz;

/// <summary>Makes the values that callers get wrong, and those that are right and seldom seen.</summary>
internal sealed class Oddities(Random random)
{
    private static readonly string[] Texts =
    [
        "", " ", "\t", "a", "a b", " a", "a ", "ä", "李小龙", "😀", "👩\u200d🚀", "\u200b", "\u202e", "\u3164", "\u0000", "\u0007", "\u0085", "\u2028", "\ufeff",
        "a/b", "a\\b", "a#b", "a?b", "a%b", "%00", "%2e%2e", "..", "../..", "a'b", "a\"b", "a|b", "a,b", "a;b", "$", "*", "--", "';--", "null", "true", "NaN", "-1", "0", "1",
        "1e999999999", "2026-03-14", "2026-03-14T09:26:53Z", "2026-03-14T09:26:53Z ", "0001-01-01", "9999-12-31T23:59:59Z", "PT10M", "P1Y", "00:10:00", "24:00:00", "-PT1M",
        "EUR", "JPY", "KWD", "XXX", "eur", "DE", "de", "Received", "Succeeded", "Failed", "open", "closed", "Running", "Running,Failed", "counts", "stuck", "deliver-notifications",
        "redrive-a", "a-recovery-1", "order", "OrderSaga", "done", "33-left", "in-review", "parked", "stopped", "rejected", "cancelled", "ReleaseInventory-1", "sku-100",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0", "1", "1.0", "1.00e0", "10e-1", "0.1E+1", "1e2", "2", "3.0", "49.9", "4.99e1", "0.001", "1e-3", "-1", "1.5", "1000000", "1000001", "1e9", "1e10", "1e19", "1e308",
        "1e999999999", "1e-999999999", "-1e400", "9223372036854775807", "9223372036854775808", "99999999999999999999", "0e99999999999", "0.0000000000000000000000000001",
        "01", "+1", "1.", ".5", "NaN", "Infinity", "0x10", "1_000", "1,5",
    ];

    /// <summary>One of several.</summary>
    public T Of<T>(params T[] choices) => choices[random.Next(choices.Length)];

    /// <summary>Whether something happens that does so once in a number of times.</summary>
    public bool OnceIn(int times) => random.Next(times) == 0;

    /// <summary>A text, as it is.</summary>
    public string Text() => random.Next(12) switch
    {
        0 => new string(Of('a', '0', '9', ' ', 'é', '\u3042'), Of(1, 32, 33, 64, 65, 100, 101, 200, 201, 255, 256, 1000, 1001)),
        1 => string.Concat(Enumerable.Repeat("😀", Of(1, 100, 101, 200, 201, 1001))),
        2 => string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => (char)random.Next(1, 0xD800))),
        3 => Number(),
        4 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        _ => Of(Texts),
    };

    /// <summary>A number as JSON, or nearly.</summary>
    public string Number() => random.Next(8) switch
    {
        0 => $"1{new string('0', random.Next(400))}e-{random.Next(400)}",
        1 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(-10, 1000)}.{random.Next(1000)}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"{random.Next(-1, 100)}e{random.Next(-5, 12)}"),
        _ => Of(Numbers),
    };

    /// <summary>A value as JSON, or nearly.</summary>
    public string Json(int depth = 0) => random.Next(depth > 3 ? 7 : 10) switch
    {
        0 or 1 => Quoted(Text()),
        2 or 3 => Number(),
        4 => Of("true", "false", "null", "True", "nul", "undefined"),
        5 => Of("\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\x\"", "\"", "'a'", "\"\\u200b\""),
        6 => Of("[]", "{}", "[[]]", "{\"\":{}}", "[,]", "{,}"),
        7 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Json(depth + 1)))}]",
        8 => $"{{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"{Quoted(Text())}:{Json(depth + 1)}"))}}}",
        _ => string.Concat(Enumerable.Repeat("[", Of(10, 64, 65, 3000))) + string.Concat(Enumerable.Repeat("]", Of(10, 64, 65, 3000))),
    };

    /// <summary>A name a little beside a given one, or in another of its spellings.</summary>
    public string Near(string name) => random.Next(6) switch
    {
        0 => name.ToUpperInvariant(),
        1 => string.Concat(name[..1].ToUpperInvariant(), name.AsSpan(1)),
        2 => string.Concat(name.Split('_').Select(static (word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])),
        3 => name.Remove(random.Next(name.Length), 1),
        4 => name + Of("s", " ", "__", "x", "\u200b"),
        _ => Text(),
    };

    /// <summary>A text as a JSON string.</summary>
    public static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
