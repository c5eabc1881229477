using System.Collections.Concurrent;
using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Queues;

/// <summary>
/// Where the connections of functions lead: development storage to the queues of this host, where it has any, and else to the emulator
/// at its well-known address; every other one to its storage account.
/// </summary>
/// <param name="configuration">The app's configuration.</param>
/// <param name="settings">The host's settings.</param>
/// <param name="setup">What the host is built from.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="own">The queues of this host; null: it has none.</param>
internal sealed class QueueConnections(
    IConfiguration configuration, HostSettings settings, HostSetup setup, TimeProvider clock, Func<QueueStore>? own)
{
    // The Functions host's name of AzureWebJobsStorage.
    private const string AppStorage = "Storage";

    private readonly ConcurrentDictionary<string, IQueueBackend> _backends = new(StringComparer.Ordinal);
    private readonly Lazy<EmbeddedQueueBackend> _own = new(() => new EmbeddedQueueBackend(own!()));

    /// <summary>The queues of this host; null: it has none.</summary>
    public QueueStore? Own => own?.Invoke();

    /// <summary>The name of a binding's connection.</summary>
    public static string NameOf(QueueBinding binding) => binding.Connection is { Length: > 0 } and not HostConfiguration.StorageKey and var name ? name : AppStorage;

    /// <summary>Where a binding's queue is.</summary>
    /// <exception cref="HostStartupException">Its connection leads nowhere: <see cref="Error"/> has told.</exception>
    public IQueueBackend Of(QueueBinding binding) => _backends.GetOrAdd(NameOf(binding), name =>
        IsOwn(name) ? _own.Value : new AccountQueueBackend(StorageConnection.Read(configuration, name), settings.Host.Queues, clock));

    /// <summary>What is wrong with a binding's connection, as far as settings tell; null: nothing.</summary>
    public string? Error(QueueBinding binding)
    {
        try
        {
            return IsOwn(NameOf(binding)) || setup.ServesAccounts ? null
                : $"its connection '{NameOf(binding)}' leads to a storage account, which the test host does not simulate: set it to "
                    + $"UseDevelopmentStorage=true among the settings of the test.";
        }
        catch (HostStartupException e)
        {
            return e.Message;
        }
    }

    // The app's own storage is checked by itself: where this host has its tables, it has its queues.
    private bool IsOwn(string name) =>
        (own is not null && name == AppStorage) || (QueueClients.IsServed(StorageConnection.Read(configuration, name).Queues()) && own is not null);
}
