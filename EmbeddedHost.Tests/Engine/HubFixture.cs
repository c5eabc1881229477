using System.Collections.Concurrent;
using System.Text.Json;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A task hub over a folder of its own, with orchestrators and activities written as lambdas.</summary>
public sealed class HubFixture : IFunctionRegistry, IPayloadSerializer, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, OrchestratorFunction> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ActivityFunction> _activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private readonly TaskHubOptions _options;
    private readonly TimeProvider _clock;
    private SqliteDatabase _database = null!;
    private TaskHub _hub = null!;

    internal HubFixture(TaskHubOptions? options = null, TimeProvider? clock = null)
    {
        _options = options ?? new TaskHubOptions();
        _clock = clock ?? TimeProvider.System;
        Open();
    }

    public DurableTaskClient Client => _hub.Client;

    internal TaskHub Hub => _hub;

    internal SqliteDatabase Database => _database;

    public ICollection<Exception> Faults { get; } = new List<Exception>();

    public HubFixture Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code)
    {
        _orchestrators[name] = async context => await code(context);
        return this;
    }

    public HubFixture Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code)
    {
        _activities[name] = async (call, _) => Serialize(await code((TIn)Deserialize(call.Input, typeof(TIn))!));
        return this;
    }

    public HubFixture Activity<TIn, TOut>(string name, Func<TIn, TOut> code) => Activity<TIn, TOut>(name, input => Task.FromResult(code(input)));

    /// <summary>Starts an instance, waits for its end, and returns what the hub has of it.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, instanceId is null ? null : new StartOrchestrationOptions(instanceId));
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
    }

    /// <summary>Drops everything in memory as a crash would, and opens what is on disk.</summary>
    public async Task CrashAndRestartAsync()
    {
        _hub.Dispose();
        await _database.Committer.DrainAsync(TimeProvider.System);
        _database.Dispose();
        Open();
    }

    public byte[]? Serialize(object? value) => value is null ? null : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType());

    public object? Deserialize(byte[]? data, Type type) => data is null ? null : JsonSerializer.Deserialize(data, type);

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await _hub.StopAsync(CancellationToken.None);
        _hub.Dispose();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    OrchestratorFunction? IFunctionRegistry.FindOrchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    ActivityFunction? IFunctionRegistry.FindActivity(string name) => _activities.GetValueOrDefault(name);

    private void Open()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "hub.db"), HubSchema.Script);
        _hub = new TaskHub(_database, new EngineServices(this, this, _clock, NullLoggerFactory.Instance), _options, Faults.Add);
        _hub.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }
}
