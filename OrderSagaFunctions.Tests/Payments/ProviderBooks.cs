using System.Text.Json;

namespace OrderSagaFunctions.Tests.Payments;

/// <summary>What a payment provider has to promise: a key acts once, and a credit keeps out the debit that it comes before.</summary>
internal sealed class ProviderBooks
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int, object)> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _debits = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _credits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keptOut = new(StringComparer.Ordinal);

    /// <summary>How often money was taken, and given back.</summary>
    public (int Debits, int Credits) Movements
    {
        get
        {
            lock (_gate)
            {
                return (_debits.Count, _credits.Count);
            }
        }
    }

    /// <summary>What was taken and not given back, in minor units.</summary>
    public long Kept
    {
        get
        {
            lock (_gate)
            {
                return _debits.Values.Sum() - _credits.Values.Sum();
            }
        }
    }

    /// <summary>Does what a call asks, or repeats the answer that its key got before.</summary>
    public (int Status, object Answer) Act(string path, string key, JsonElement call)
    {
        lock (_gate)
        {
            return _answers.TryGetValue(key, out var before)
                ? before
                : _answers[key] = path == "debits" ? Debit(key, call.GetProperty("amountMinor").GetInt64()) : Credit(call.GetProperty("debitId").GetString()!);
        }
    }

    private (int, object) Debit(string key, long amount)
    {
        if (_keptOut.Contains(key))
        {
            return (422, new { code = "already_credited" });
        }

        _debits[key] = amount;
        return (200, new { outcome = "debited" });
    }

    private (int, object) Credit(string debit)
    {
        if (!_debits.TryGetValue(debit, out var amount))
        {
            _ = _keptOut.Add(debit);
            return (200, new { outcome = "nothingDebited" });
        }

        _credits[debit] = amount;
        return (200, new { outcome = "credited" });
    }
}
