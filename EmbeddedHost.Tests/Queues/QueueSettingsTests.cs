using Azure.Storage.Queues;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Queues;

/// <summary>What <c>host.json</c> says of queues.</summary>
public sealed class QueueSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoSection_GivesTheExtensionsDefaults() =>
        Assert.Equal(
            (16, 8 * Environment.ProcessorCount, 5, TimeSpan.Zero, QueueMessageEncoding.Base64),
            Values(Read("{}")));

    [Fact]
    public void Read_AllKeys_AreTaken()
    {
        var settings = Read("""
            { "batchSize": 4, "newBatchThreshold": 1, "maxDequeueCount": 2, "visibilityTimeout": "00:00:30", "messageEncoding": "none", "maxPollingInterval": "00:00:02" }
            """);

        Assert.Equal((4, 1, 2, TimeSpan.FromSeconds(30), QueueMessageEncoding.None), Values(settings));
        Assert.Equal(TimeSpan.FromSeconds(2), settings.MaxPollingInterval);
    }

    [Fact]
    public void Read_BatchSizeAlone_GivesTheThresholdThatGoesWithIt() =>
        Assert.Equal(3 * Environment.ProcessorCount, Read("""{ "batchSize": 6 }""").NewBatchThreshold);

    [Theory]
    [InlineData("\"batchSize\": 33", "extensions.queues.batchSize should be a whole number from 1 to 32, found 33")]
    [InlineData("\"batchSize\": 0", "extensions.queues.batchSize should be a whole number from 1 to 32, found 0")]
    [InlineData("\"newBatchThreshold\": -1", "extensions.queues.newBatchThreshold should be a whole number from 0")]
    [InlineData("\"maxDequeueCount\": 0", "extensions.queues.maxDequeueCount should be a whole number from 1")]
    [InlineData("\"visibilityTimeout\": \"8.00:00:00\"", "extensions.queues.visibilityTimeout should be a time such as \"00:00:30\", up to seven days, found \"8.00:00:00\"")]
    [InlineData("\"visibilityTimeout\": 30", "extensions.queues.visibilityTimeout should be a string, found 30")]
    [InlineData("\"messageEncoding\": \"utf8\"", "extensions.queues.messageEncoding should be")]
    [InlineData("\"maxPollingInterval\": \"soon\"", "extensions.queues.maxPollingInterval should be a time")]
    public void Read_ValueThatCannotBe_IsRefusedNamingItsKey(string entry, string expected)
    {
        var refusal = Assert.Throws<HostStartupException>(() => Read($"{{ {entry} }}"));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("host.json, line 1", refusal.Message, StringComparison.Ordinal);
    }

    private static (int, int, int, TimeSpan, QueueMessageEncoding) Values(QueueSettings settings) =>
        (settings.BatchSize, settings.NewBatchThreshold, settings.MaxDequeueCount, settings.VisibilityTimeout, settings.MessageEncoding);

    private QueueSettings Read(string queues)
    {
        _ = _folder.Write("host.json", $$"""{ "extensions": { "queues": {{queues}} } }""");
        return HostJson.Read(_folder.Path).Queues;
    }
}
