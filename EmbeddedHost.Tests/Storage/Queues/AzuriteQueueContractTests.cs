using Azure.Storage.Queues;
using EmbeddedHost.Tests.Storage.Azurite;

namespace EmbeddedHost.Tests.Storage.Queues;

/// <summary>The contract, kept by the storage emulator: the embedded queues answer as it does.</summary>
public sealed class AzuriteQueueContractTests(AzuriteQueues azurite) : QueueContract(azurite.Client), IClassFixture<AzuriteQueues>
{
    protected override bool IsEmulator => true;
}

/// <summary>The queues of the emulator.</summary>
public sealed class AzuriteQueues : IAsyncLifetime
{
    private string _connection = "";

    public QueueServiceClient Client(QueueClientOptions options) => new(_connection, options);

    public async Task InitializeAsync() => _connection = (await AzuriteServer.SharedAsync()).ConnectionString(AzuriteServer.QueueAccount);

    public Task DisposeAsync() => Task.CompletedTask;
}
