using DurableTask.AzureStorage;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Framework;

/// <summary>What <c>host.json</c> says of a task hub in a storage account.</summary>
public sealed class StorageProviderSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_NoHostJson_HasTheExtensionsDefaults()
    {
        var read = HostJson.Read(_folder.Path).Storage;

        Assert.Equal(new StorageProviderSettings(), read);
        Assert.Equal(("Storage", 4, 32, 256), (read.ConnectionName, read.PartitionCount, read.ControlQueueBatchSize, read.ControlQueueBufferThreshold));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30)), (read.ControlQueueVisibilityTimeout, read.MaxQueuePollingInterval));
        Assert.True(read is { UseTablePartitionManagement: true, UseLegacyPartitionManagement: false, UseAppLease: true, FetchLargeMessages: true });
    }

    [Fact]
    public void Read_AllKeys_TakesThem()
    {
        Write("""
            "hubName": "Hub", "useAppLease": false, "entityMessageReorderWindowInMinutes": 5,
            "storageProvider": {
              "type": "azurestorage", "connectionName": "Other", "trackingStoreConnectionName": "Third", "trackingStoreNamePrefix": "T",
              "partitionCount": 2, "controlQueueBatchSize": 3, "controlQueueBufferThreshold": 4, "controlQueueVisibilityTimeout": "00:02:00",
              "workItemQueueVisibilityTimeout": "00:00:30", "maxQueuePollingInterval": "00:00:01", "fetchLargeMessagesAutomatically": false,
              "useTablePartitionManagement": false, "useLegacyPartitionManagement": true, "allowReplayingTerminalInstances": true,
              "queueClientMessageEncoding": "Base64"
            }
            """);

        Assert.Equal(
            new StorageProviderSettings
            {
                Type = "azurestorage",
                HubName = "Hub",
                UseAppLease = false,
                EntityReorderMinutes = 5,
                ConnectionName = "Other",
                TrackingConnectionName = "Third",
                TrackingNamePrefix = "T",
                PartitionCount = 2,
                ControlQueueBatchSize = 3,
                ControlQueueBufferThreshold = 4,
                ControlQueueVisibilityTimeout = TimeSpan.FromMinutes(2),
                WorkItemQueueVisibilityTimeout = TimeSpan.FromSeconds(30),
                MaxQueuePollingInterval = TimeSpan.FromSeconds(1),
                FetchLargeMessages = false,
                UseTablePartitionManagement = false,
                UseLegacyPartitionManagement = true,
                AllowReplayingTerminalInstances = true,
                MessageEncoding = QueueClientMessageEncoding.Base64,
            },
            HostJson.Read(_folder.Path).Storage);
    }

    [Theory]
    [InlineData("\"partitionCount\": 17", "extensions.durableTask.storageProvider.partitionCount should be a whole number from 1 to 16, found 17.")]
    [InlineData("\"controlQueueVisibilityTimeout\": \"00:00:30\"", "controlQueueVisibilityTimeout should be a time such as \"00:00:30\", from \"00:01:00\" to \"01:00:00\", found \"00:00:30\".")]
    [InlineData("\"maxQueuePollingInterval\": \"soon\"", "maxQueuePollingInterval should be a time such as \"00:00:30\", from \"00:00:00.050\" to \"01:00:00\", found \"soon\".")]
    [InlineData("\"useTablePartitionManagement\": \"yes\"", "useTablePartitionManagement should be true or false, found \"yes\".")]
    [InlineData("\"queueClientMessageEncoding\": \"UTF16\"", "queueClientMessageEncoding should be one of UTF8, Base64, found \"UTF16\".")]
    public void Read_ValueThatCannotBeMeant_NamesItsKey(string setting, string told)
    {
        Write($$"""
            "storageProvider": { {{setting}} }
            """);

        Assert.EndsWith(told, Assert.Throws<HostStartupException>(() => HostJson.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_AnotherStore_LeavesItsKeysAlone()
    {
        Write("""
            "storageProvider": { "type": "mssql", "partitionCount": "many" }
            """);

        Assert.Equal("mssql", HostJson.Read(_folder.Path).Storage.Type);
    }

    private void Write(string durableTask) =>
        File.WriteAllText(Path.Combine(_folder.Path, "host.json"), $$"""{"extensions": {"durableTask": { {{durableTask}} } } }""");
}
