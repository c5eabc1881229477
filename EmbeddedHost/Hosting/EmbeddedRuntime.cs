using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Pairing;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Storage.Tables;
using EmbeddedHost.Timers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Hosting;

/// <summary>What a host has open while it runs: its data folder and, in it, the task hub and the tables.</summary>
internal sealed partial class EmbeddedRuntime : IHostRuntime
{
    private readonly Lock _startGate = new();
    private readonly ILogger _log;
    private readonly DataFolder _folder;
    private readonly DatabasePair _databases;
    private readonly TaskHub _hub;
    private readonly TableStore _tables;
    private StorageException? _faultOfStart;
    private bool _isStarting = true;

    /// <exception cref="HostStartupException">The data folder cannot be had, one of its files is damaged, or a setting is wrong.</exception>
    public EmbeddedRuntime(
        HostSetup setup, HostSettings settings, HubOptions own, IConfiguration configuration, EngineServices engine, IHostApplicationLifetime lifetime)
    {
        StorageSetting.Check(configuration);
        var options = own.For(settings);
        _log = engine.Loggers.CreateLogger("EmbeddedHost.TaskHub");
        try
        {
            _folder = new DataFolder(settings.DataFolder, settings.Arguments.Reset);
            _databases = DatabasePair.Open(_folder, setup.DataFormats, settings.Arguments.AcceptMismatch, engine.Clock, setup.Databases);
            _tables = new TableStore(_databases.Tables, engine.Clock);
            Tables = new EmbeddedTableServiceClient(_tables);
            Timers = new TimerStore(_databases.Hub);
            Queues = new QueueStore(_databases.Tables, engine.Clock);
            _hub = new TaskHub(_databases.Hub, engine, options, onFault: failure =>
            {
                HasFaulted = true;
                Tell(failure);
                lifetime.StopApplication();
            });
        }
        catch (Exception e)
        {
            Dispose();
            if (e is StorageException)
            {
                throw new HostStartupException(e.Message, e);
            }

            throw;
        }

        _ = lifetime.ApplicationStopping.Register(_hub.EndWaits);
        _databases.Hub.OnFailure = failure => _hub.Fault(failure, _databases.Hub.Path);
        _databases.Tables.OnFailure = failure => _hub.Fault(failure, _databases.Tables.Path);
    }

    /// <inheritdoc />
    ITaskHub IHostRuntime.Hub => _hub;

    /// <inheritdoc cref="IHostRuntime.Hub" />
    public TaskHub Hub => _hub;

    /// <summary>A client of the tables.</summary>
    public EmbeddedTableServiceClient Tables { get; }

    /// <summary>The status of timer functions.</summary>
    public TimerStore Timers { get; }

    /// <summary>The queues.</summary>
    public QueueStore Queues { get; }

    /// <summary>How many activities and entities run now.</summary>
    public int RunningActivities => _hub.Activities.Running + _hub.Entities.Places.Running;

    /// <inheritdoc />
    public bool HasFaulted { get; private set; }

    /// <summary>The commits of this run.</summary>
    public CommitStats Stats => CommitStats.Of(hub: _databases.Hub.Committer, tables: _databases.Tables.Committer);

    /// <inheritdoc />
    public IEnumerable<string> Notices
    {
        get
        {
            if (_databases.AcceptedMismatch is { } mismatch)
            {
                yield return $"Accepted (--accept-mismatch): {mismatch} They are a pair from now on; leave the option out next time.";
            }

            yield return $"Data: {_folder.Path}";
        }
    }

    /// <inheritdoc />
    public void EndStart()
    {
        lock (_startGate)
        {
            _isStarting = false;
            if (_faultOfStart is { } fault)
            {
                throw new HostStartupException(fault.Message, fault);
            }
        }
    }

    /// <inheritdoc />
    public string? Explain(Exception failure) => StorageException.Behind(failure)?.Message;

    /// <inheritdoc />
    public string? Unavailable(Exception failure) =>
        StorageException.Behind(failure) is null ? null : "The host cannot read or write its data any more, and stops; its log says why.";

    /// <inheritdoc />
    public void EnterWork() => _hub.EnterWork();

    /// <inheritdoc />
    public void LeaveWork() => _hub.LeaveWork();

    /// <inheritdoc />
    public void Fault(Exception e, string where) => _hub.Fault(e, where);

    /// <summary>Closes what is open: after a start that failed, not everything is.</summary>
    public void Dispose()
    {
        _hub?.Dispose();
        _tables?.Dispose();
        _databases?.Dispose();
        _folder?.Dispose();
    }

    private void Tell(Exception failure)
    {
        if (StorageException.Behind(failure) is not { } storage)
        {
            return;
        }

        lock (_startGate)
        {
            if (_isStarting)
            {
                _faultOfStart = storage;
                return;
            }
        }

        LogStop(storage.Message);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The host stops: {Reason}")]
    private partial void LogStop(string reason);
}
