using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What <c>GET /api/orders/{id}</c> tells.</summary>
public sealed class ShownOrder(JsonElement json)
{
    public JsonElement Json => json;

    public string Id => json.GetProperty("orderId").GetString()!;

    public string Status => json.GetProperty("status").GetString()!;

    public string RuntimeStatus => Saga.GetProperty("runtimeStatus").GetString()!;

    public bool HasEnded => RuntimeStatus is "Completed" or "Failed" or "Terminated";

    public IReadOnlyList<string> Path => [.. Saga.GetProperty("path").EnumerateArray().Select(static state => state.GetString()!)];

    /// <summary>The distinct types of the rows left behind, sorted.</summary>
    public IReadOnlyList<string> Transactions => [.. json.GetProperty("transactions").EnumerateArray()
        .Select(static t => t.GetProperty("type").GetString()!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public JsonElement Saga => json.GetProperty("saga");

    public JsonElement Review => json.GetProperty("review");

    public IReadOnlyList<JsonElement> Incidents => [.. Saga.GetProperty("incidents").EnumerateArray()];

    /// <summary>A step of the report, by its state's name.</summary>
    public JsonElement Step(string name) =>
        Saga.GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("name").GetString() == name);

    public override string ToString() => json.ToString();
}
