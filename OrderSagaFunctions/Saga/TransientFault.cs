using Reading;

namespace OrderSagaFunctions.Saga;

/// <summary>A step whose first attempts fail on purpose and technically, so that its retries can be seen.</summary>
/// <param name="Step">The activity's name.</param>
/// <param name="Times">How many attempts of each saga fail, those of its children counted together.</param>
/// <param name="KeyPrefix">What the keys of the sagas concerned start with; empty for all.</param>
internal sealed record TransientFault(string Step, int Times, string KeyPrefix)
{
    public static bool TryParseAll(string setting, out IReadOnlyList<TransientFault> faults)
    {
        var parsed = setting
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Parse)
            .ToList();
        faults = [.. parsed.OfType<TransientFault>()];
        return faults.Count == parsed.Count;
    }

    private static TransientFault? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var end = at < 0 ? text.Length : at;
        return colon > 0 && end > colon && Numbers.TryWhole(text.AsSpan(colon + 1, end - colon - 1), 1, int.MaxValue, out var times)
            ? new TransientFault(text[..colon], (int)times, at < 0 ? string.Empty : text[(at + 1)..])
            : null;
    }
}
