using System.Globalization;
using System.Text;

namespace Bench;

/// <summary>The fixed load: orders of three lines over a hundred items.</summary>
internal static class Load
{
    /// <summary>Pieces of each item in stock at first.</summary>
    public const long Stock = 1_000_000_000;

    /// <summary>A piece's price at which no check flags an order.</summary>
    public const decimal PlainPrice = 9.95m;

    /// <summary>The items on sale.</summary>
    public static IReadOnlyList<string> Items { get; } =
        [.. Enumerable.Range(0, 100).Select(static i => string.Create(CultureInfo.InvariantCulture, $"bench-{i:D3}"))];

    /// <summary>The setting that puts them in stock.</summary>
    public static string Seed { get; } = string.Join(',', Items.Select(static item => string.Create(CultureInfo.InvariantCulture, $"{item}={Stock}")));

    /// <summary>An order id; its first character asks for the fault of the path.</summary>
    public static string OrderId(SagaPath path, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(path == SagaPath.Compensate ? "3c" : "bc")}6f2a40-7d1e-4b62-9a53-{number:x12}");

    /// <summary>What an order takes.</summary>
    public static IEnumerable<(string Item, int Quantity)> Lines(int number) =>
        Enumerable.Range(0, 3).Select(line => (Items[((number * 7) + (line * 33)) % Items.Count], line + 1));

    /// <summary>The JSON of an order.</summary>
    public static byte[] Order(string id, int number, decimal unitPrice = PlainPrice)
    {
        var lines = Lines(number).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"item_id":"{{line.Item}}","qty":{{line.Quantity}},"description":"Benchmark item","unit_price":{{unitPrice}}}"""));
        return Encoding.UTF8.GetBytes(
            $$"""{"order_id":"{{id}}","order_date":"2026-03-14T09:26:53+00:00","customer_id":"customer-{{number % 1000:D4}}","items":[{{string.Join(',', lines)}}]}""");
    }
}
