using EmbeddedHost.Tests.Engine;

namespace EmbeddedHost.Tests.Storage.Hub;

/// <summary>What makes an answer a promise: a commit is on disk when it returns.</summary>
public sealed class HubDurabilityTests
{
    [Fact]
    public async Task Open_WritingConnection_SyncsEachCommitToTheLog()
    {
        await using var hub = new HubFixture();

        Assert.Equal(2, hub.Database.SynchronousLevel);
        Assert.Equal("wal", hub.Scalar<string>("PRAGMA journal_mode"));
    }
}
