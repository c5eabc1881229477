using DurableTask.Core.History;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The history that the client hands out.</summary>
public sealed class CoreHistoryTests
{
    [Fact]
    public async Task GetOrchestrationHistory_UnknownInstance_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.GetOrchestrationHistoryAsync("nobody"));
    }

    [Fact]
    public void KnownTypes_OfHistoryEvents_AreTheEventsAndNothingAbstract()
    {
        var types = HistoryEvent.KnownTypes().ToList();

        Assert.Contains(typeof(TaskCompletedEvent), types);
        Assert.DoesNotContain(typeof(HistoryEvent), types);
    }
}
