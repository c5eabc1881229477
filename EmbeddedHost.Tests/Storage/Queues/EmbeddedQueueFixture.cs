using Azure.Storage.Queues;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Queues;

namespace EmbeddedHost.Tests.Storage.Queues;

/// <summary>Embedded queues for all tests of a class.</summary>
public sealed class EmbeddedQueueFixture : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteDatabase _database;
    private readonly QueueClients _clients;

    public EmbeddedQueueFixture()
    {
        _database = new SqliteDatabase(_folder.File("queues.db"), QueueSchema.Script);
        _clients = new QueueClients(new QueueStore(_database, TimeProvider.System));
    }

    internal QueueClients Clients => _clients;

    public QueueServiceClient Client(QueueClientOptions options) => _clients.Service(options);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }
}

/// <summary>The contract, kept by the embedded queues.</summary>
public sealed class EmbeddedQueueContractTests(EmbeddedQueueFixture embedded) : QueueContract(embedded.Client), IClassFixture<EmbeddedQueueFixture>;
