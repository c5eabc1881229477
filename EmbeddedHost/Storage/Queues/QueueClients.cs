using System.Reflection;
using Azure.Core;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Specialized;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Storage.Queues;

/// <summary>
/// Clients of the released package that lead to the queues of this process. One that the app registers for
/// <c>UseDevelopmentStorage=true</c> is replaced by one of these, with the same encoding of messages.
/// </summary>
internal sealed class QueueClients(QueueStore store)
{
    private readonly QueueTransport _transport = new(store);

    /// <summary>Where the storage emulator would serve the queues. Nothing listens there: it is a name.</summary>
    public static Uri Address { get; } = new($"http://127.0.0.1:10001/{DevelopmentStorage.Account}");

    /// <summary>
    /// Replaces what the app has registered as <see cref="QueueServiceClient"/> or <see cref="QueueClient"/>, as
    /// <see cref="DevelopmentStorage.UseEmbeddedTables"/> does with clients of tables.
    /// </summary>
    public static void Use(IServiceCollection services) => DevelopmentStorage.Replace(services, Served, typeof(QueueServiceClient), typeof(QueueClient));

    /// <summary>Whether a client's account is that of the storage emulator.</summary>
    public static bool IsServed(QueueServiceClient client) => DevelopmentStorage.IsAt(client.AccountName, client.Uri);

    /// <summary>A client of all queues.</summary>
    public QueueServiceClient Service(QueueClientOptions options) => new(Address, Embedded(options));

    private static object Served(object client, IServiceProvider provider) => client switch
    {
        QueueServiceClient service when service.GetType() == typeof(QueueServiceClient) && IsServed(service) =>
            provider.GetRequiredService<QueueClients>().Service(ClientInternals.OptionsOf(service)),
        QueueClient queue when queue.GetType() == typeof(QueueClient) && DevelopmentStorage.IsAt(queue.AccountName, queue.Uri) =>
            provider.GetRequiredService<QueueClients>().Service(ClientInternals.OptionsOf(queue)).GetQueueClient(queue.Name),
        _ => client,
    };

    private QueueClientOptions Embedded(QueueClientOptions options)
    {
        options.Transport = _transport;
        // What fails here would fail again.
        options.Retry.MaxRetries = 0;
        return options;
    }
}

/// <summary>What a client of the released package does not tell of how it was made. A test tells when a newer package moves it.</summary>
internal static class ClientInternals
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The options of a client that have to do with messages.</summary>
    public static QueueClientOptions OptionsOf(object client)
    {
        var configuration = Property(client, "ClientConfiguration")!;
        var options = new SpecializedQueueClientOptions
        {
            MessageEncoding = (QueueMessageEncoding)Property(configuration, "MessageEncoding")!,
            ClientSideEncryption = (QueueClientSideEncryptionOptions?)Property(configuration, "ClientSideEncryption"),
        };
        options.MessageDecodingFailed += (SyncAsyncEventHandler<QueueMessageDecodingFailedEventArgs>?)Property(configuration, "QueueMessageDecodingFailedHandlers");
        return options;
    }

    private static object? Property(object owner, string name) =>
        (owner.GetType().GetProperty(name, Members) ?? throw new InvalidOperationException(
            $"'{owner.GetType().FullName}' of {owner.GetType().Assembly.GetName().Name} {owner.GetType().Assembly.GetName().Version} has no '{name}': "
            + "this host knows an earlier one.")).GetValue(owner);
}
