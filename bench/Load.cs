using System.Globalization;
using System.Text;

namespace Bench;

/// <summary>The fixed load: orders of three lines over a hundred items, none of which is flagged by a check.</summary>
internal static class Load
{
    /// <summary>The items on sale.</summary>
    public static IReadOnlyList<string> Items { get; } =
        [.. Enumerable.Range(0, 100).Select(static i => string.Create(CultureInfo.InvariantCulture, $"bench-{i:D3}"))];

    /// <summary>An order id; its first character asks for the fault of the path.</summary>
    public static string OrderId(SagaPath path, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(path == SagaPath.Compensate ? "3c" : "bc")}6f2a40-7d1e-4b62-9a53-{number:x12}");

    /// <summary>The JSON of an order.</summary>
    public static byte[] Order(string id, int number)
    {
        var lines = Enumerable.Range(0, 3).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"item_id":"{{Items[((number * 7) + (line * 33)) % Items.Count]}}","qty":{{line + 1}},"description":"Benchmark item","unit_price":9.95}"""));
        return Encoding.UTF8.GetBytes(
            $$"""{"order_id":"{{id}}","order_date":"2026-03-14T09:26:53+00:00","customer_id":"customer-{{number % 1000:D4}}","items":[{{string.Join(',', lines)}}]}""");
    }
}
