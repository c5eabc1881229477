using System.Collections.Concurrent;
using System.Text.Json;

namespace Bench.Chaos;

/// <summary>The caller's own books: what was accepted, what must have become of it, and what is otherwise.</summary>
internal sealed class ChaosBooks
{
    private readonly ConcurrentDictionary<string, ChaosOrder> _accepted = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _findings = [];

    /// <summary>The orders that were answered with 202.</summary>
    public ICollection<ChaosOrder> Accepted => _accepted.Values;

    /// <summary>What was lost or does not add up.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    public void Accept(ChaosOrder order) => _accepted[order.Id] = order;

    public void Find(string finding) => _findings.Enqueue(finding);

    /// <summary>An order as the API tells it in the end.</summary>
    public void Check(ChaosOrder order, JsonElement told)
    {
        var end = order.Succeeds ? "OrderSucceeded" : "OrderFailed";
        if (told.GetProperty("saga").GetProperty("path").EnumerateArray().LastOrDefault() is not { ValueKind: JsonValueKind.String } last || last.GetString() != end)
        {
            Find($"{order.Id}: expected {end}, found {told.GetProperty("saga")}");
            return;
        }

        var moved = told.GetProperty("transactions").EnumerateArray().ToLookup(static row => row.GetProperty("type").GetString());
        var kept = moved["Debit"].Sum(Amount) - moved["Credit"].Sum(Amount);
        var expected = order.Succeeds ? order.Total : 0;
        if (kept != expected || moved["Debit"].Count() > 1 || moved["Credit"].Count() > 1)
        {
            Find($"{order.Id}: expected {expected} kept in one debit and at most one credit, found {told.GetProperty("transactions")}");
        }
    }

    /// <summary>The stock in the end: what the successful orders took, and the rest.</summary>
    public void CheckStock(JsonElement inventory)
    {
        var sold = Accepted.Where(static order => order.Succeeds).SelectMany(static order => Load.Lines(order.Number))
            .GroupBy(static line => line.Item, StringComparer.Ordinal)
            .ToDictionary(static item => item.Key, static item => (long)item.Sum(static line => line.Quantity), StringComparer.Ordinal);
        foreach (var item in inventory.EnumerateArray())
        {
            var id = item.GetProperty("itemId").GetString()!;
            var reserved = item.GetProperty("reserved").GetInt64();
            var left = item.GetProperty("quantity").GetInt64();
            if (reserved != sold.GetValueOrDefault(id) || left + reserved != Load.Stock)
            {
                Find($"{id}: expected {sold.GetValueOrDefault(id)} of {Load.Stock} pieces reserved, found {reserved} reserved and {left} left");
            }
        }
    }

    /// <summary>The host's own audit.</summary>
    public void CheckAudit(JsonElement audit)
    {
        if (!audit.GetProperty("clean").GetBoolean() || audit.GetProperty("running").GetInt32() != 0
            || audit.GetProperty("orders").GetInt32() != Accepted.Count)
        {
            Find($"audit: expected a clean one of {Accepted.Count} orders, none running, found {audit}");
        }
    }

    private static decimal Amount(JsonElement transaction) => transaction.GetProperty("amount").GetDecimal();
}
