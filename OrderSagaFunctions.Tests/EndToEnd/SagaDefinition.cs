using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The saga's graph as the app tells it, held against what its orders do.</summary>
internal static class SagaDefinition
{
    /// <summary>Asserts that a path begins at the start, goes along transitions only, and ends in an end.</summary>
    public static async Task AllowsAsync(AppProcess app, IReadOnlyList<string> path)
    {
        var graph = await app.Orders.ReadAsync("/api/sagas/order/definition");
        var transitions = graph.GetProperty("transitions").EnumerateArray()
            .Select(static t => (t.GetProperty("from").GetString(), t.GetProperty("to").GetString())).ToHashSet();
        var ends = graph.GetProperty("states").EnumerateArray()
            .Where(static state => state.GetProperty("kind").GetString() == "End").Select(Name).ToList();

        Assert.Equal(graph.GetProperty("start").GetString(), path[0]);
        Assert.All(path.Zip(path.Skip(1)), step => Assert.Contains((step.First, step.Second), transitions));
        Assert.Contains(path[^1], ends);
    }

    private static string Name(JsonElement state) => state.GetProperty("name").GetString()!;
}
