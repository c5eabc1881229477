using EmbeddedHost.Hosting.Configuration;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The app's own <c>host.json</c>, which both hosts read.</summary>
public sealed class HostJsonTests
{
    [Fact]
    public void HostJson_OfTheApp_IsReadAndGivesAReasonForEachDurableSetting()
    {
        var read = HostJson.Read(Repository.Path("OrderSagaFunctions"));
        var lines = File.ReadAllLines(Repository.Path("OrderSagaFunctions", "host.json")).Select(static line => line.Trim()).ToList();
        var first = lines.FindIndex(static line => line.StartsWith("\"durableTask\"", StringComparison.Ordinal)) + 1;
        var settings = Enumerable.Range(first, lines.Count - first).Where(index => lines[index].StartsWith('"')).ToList();

        Assert.Equal(("OrderSaga", 100, 100), (read.Storage.HubName!, read.MaxConcurrentActivities, read.MaxConcurrentOrchestrators));
        Assert.True(settings.Count > 8, $"only {settings.Count} durable settings were found");
        Assert.All(settings, index => Assert.True(lines[index - 1].StartsWith("// ", StringComparison.Ordinal), $"{lines[index]} has no reason above it"));
    }
}
