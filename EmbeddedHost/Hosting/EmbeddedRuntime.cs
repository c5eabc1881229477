using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Hosting;

/// <summary>What a host has open while it runs: its data folder and, in it, the task hub and the tables.</summary>
internal sealed class EmbeddedRuntime : IDisposable
{
    private readonly DataFolder _folder;
    private readonly SqliteDatabase _hubDatabase;
    private readonly TaskHub _hub;
    private readonly TableStore _tables;

    /// <exception cref="HostStartupException">The data folder cannot be had, one of its files is damaged, or a setting is wrong.</exception>
    public EmbeddedRuntime(
        HostSetup setup, HostSettings settings, IConfiguration configuration, EngineServices engine, IHostApplicationLifetime lifetime)
    {
        var options = HubOptions.From(settings, configuration);
        try
        {
            _folder = new DataFolder(settings.DataFolder, settings.Arguments.Reset);
            _tables = new TableStore(_folder.TablesFile, engine.Clock, setup.Databases);
            Tables = new EmbeddedTableServiceClient(_tables);
            _hubDatabase = new SqliteDatabase(_folder.HubFile, HubSchema.Script, HubSchema.Version, setup.Databases);
            _hub = new TaskHub(_hubDatabase, engine, options, onFault: _ =>
            {
                HasFaulted = true;
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

        _hubDatabase.OnFailure = failure => _hub.Fault(failure, _hubDatabase.Path);
        _tables.Database.OnFailure = failure => _hub.Fault(failure, _tables.Database.Path);
    }

    /// <summary>The task hub.</summary>
    public ITaskHub Hub => _hub;

    /// <summary>A client of the tables.</summary>
    public EmbeddedTableServiceClient Tables { get; }

    /// <summary>How many activities run now.</summary>
    public int RunningActivities => _hub.Activities.Running;

    /// <summary>Whether the hub gave up; the host stops then, and the next start goes on from what is on disk.</summary>
    public bool HasFaulted { get; private set; }

    /// <summary>The commits of this run.</summary>
    public CommitStats Stats => CommitStats.Of(hub: _hubDatabase.Committer, tables: _tables.Database.Committer);

    /// <summary>Closes what is open: after a start that failed, not everything is.</summary>
    public void Dispose()
    {
        _hub?.Dispose();
        _hubDatabase?.Dispose();
        _tables?.Dispose();
        _folder?.Dispose();
    }
}
