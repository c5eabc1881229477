using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Framework;

/// <summary>A host on Microsoft's engine: nothing of it is kept on this machine.</summary>
internal sealed partial class FrameworkRuntime : IHostRuntime
{
    private const int LongestHostId = 32;

    private readonly ILogger _log;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly FrameworkHub _hub;

    /// <exception cref="HostStartupException">A setting is wrong.</exception>
    public FrameworkRuntime(HostSettings settings, IConfiguration configuration, EngineServices engine, IHostApplicationLifetime lifetime)
    {
        _log = engine.Loggers.CreateLogger("EmbeddedHost.TaskHub");
        _lifetime = lifetime;
        var storage = settings.Host.Storage;
        HubName = AzureStorageHub.NameOf(storage, configuration);
        HostId = configuration["AzureFunctionsWebHost:hostid"] ?? HubName.ToLowerInvariant()[..Math.Min(HubName.Length, LongestHostId)];
        Connection = StorageConnection.Read(configuration, storage.ConnectionName);
        _hub = new FrameworkHub(
            AzureStorageHub.Open(HubName, settings.Host, Connection, configuration, engine.Loggers), engine, settings.Host.Versioning,
            ct => Connection.TryAsync(AzureStorageHub.LeasesOf(HubName), ct));
    }

    /// <summary>The hub's name.</summary>
    public string HubName { get; }

    /// <summary>What the hosts of this app have in common, and no other app of the account: the setting of the Functions host, else the hub's name.</summary>
    public string HostId { get; }

    /// <summary>The account.</summary>
    public StorageConnection Connection { get; }

    /// <inheritdoc />
    public ITaskHub Hub => _hub;

    /// <inheritdoc />
    public bool HasFaulted { get; private set; }

    /// <inheritdoc />
    public IEnumerable<string> Notices => [$"Engine: Azure Storage, task hub {HubName} at {Connection.Address()}"];

    /// <inheritdoc />
    public void EndStart()
    {
        // What a start may fail of is thrown where it happens.
    }

    /// <inheritdoc />
    public string? Explain(Exception failure) => StorageFailures.Explain(failure) is { } reason
        ? $"The storage account of {Connection.Setting} ({Connection.Address()}) cannot be used: {reason}."
        : null;

    /// <inheritdoc />
    public string? Unavailable(Exception failure)
    {
        if (!StorageFailures.IsOutage(failure))
        {
            return null;
        }

        LogOutage(Explain(failure) ?? failure.Message);
        return "The host cannot reach its storage account now; its log says why. Send the request again.";
    }

    /// <inheritdoc />
    public void EnterWork() => _hub.EnterWork();

    /// <inheritdoc />
    public void LeaveWork() => _hub.LeaveWork();

    /// <inheritdoc />
    public void Fault(Exception e, string where)
    {
        HasFaulted = true;
        LogStop(e, where);
        _lifetime.StopApplication();
    }

    public void Dispose() => _hub.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "A call has failed. {Reason}")]
    private partial void LogOutage(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The host stops because of {Where}.")]
    private partial void LogStop(Exception e, string where);
}
