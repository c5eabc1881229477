using Microsoft.DurableTask;

namespace ClassSyntax;

public sealed record Line(string Item, int Count);

/// <summary>What each item costs, in cents.</summary>
public sealed class PriceList
{
    private readonly Dictionary<string, long> _cents = new(StringComparer.OrdinalIgnoreCase) { ["tea"] = 450, ["cup"] = 1_200 };

    public long this[string item] =>
        _cents.TryGetValue(item, out var cents) ? cents : throw new ArgumentException($"There is no price for '{item}'.", nameof(item));
}

/// <summary>An orchestrator as a class: its types are its input and its output.</summary>
public sealed class BillOrder : TaskOrchestrator<Line[], long>
{
    public override async Task<long> RunAsync(TaskOrchestrationContext context, Line[] input)
    {
        long total = 0;
        foreach (var line in input)
        {
            total += await context.CallActivityAsync<long>(nameof(PriceLine), line);
        }

        return total;
    }
}

/// <summary>An activity as a class: what it needs comes through its constructor.</summary>
public sealed class PriceLine(PriceList prices) : TaskActivity<Line, long>
{
    public override Task<long> RunAsync(TaskActivityContext context, Line input) => Task.FromResult(prices[input.Item] * input.Count);
}
