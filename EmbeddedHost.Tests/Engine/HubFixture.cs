using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Engine;

/// <summary>A task hub over a folder of its own, with orchestrators and activities written as lambdas.</summary>
public sealed class HubFixture : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;
    private TaskHubOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly DatabaseEnvironment _environment;
    private Process _process = null!;

    internal HubFixture(
        TaskHubOptions? options = null, TimeProvider? clock = null, ILoggerFactory? loggers = null, IWorkScheduler? scheduler = null)
    {
        _environment = scheduler is null ? DatabaseEnvironment.Default : new DatabaseEnvironment { Scheduler = scheduler };
        _options = options ?? new TaskHubOptions();
        _clock = clock ?? TimeProvider.System;
        _loggers = loggers ?? NullLoggerFactory.Instance;
        Open();
    }

    internal HubFixture(int warm, TimeProvider? clock = null, ILoggerFactory? loggers = null)
        : this(new TaskHubOptions { MaxWarmOrchestrators = warm }, clock, loggers)
    {
    }

    public DurableTaskClient Client => Hub.Client;

    internal TaskHub Hub { get; private set; } = null!;

    internal SqliteDatabase Database { get; private set; } = null!;

    /// <summary>What made a hub stop. A test that means it to happen takes it out: the end of the fixture looks.</summary>
    public ConcurrentQueue<Exception> Faults { get; } = [];

    /// <summary>The app's functions.</summary>
    internal LambdaFunctions Functions { get; } = new();

    public HubFixture Orchestrator<T>(string name, Func<TaskOrchestrationContext, Task<T>> code)
    {
        Functions.Orchestrator(name, code);
        return this;
    }

    /// <summary>Takes an orchestrator out of the app, as a deployment without it would.</summary>
    internal void Remove(string orchestrator) => Functions.Remove(orchestrator);

    public HubFixture Activity<TIn, TOut>(string name, Func<TIn, Task<TOut>> code)
    {
        Functions.Activity(name, code);
        return this;
    }

    // A lambda that only throws fits both.
    [OverloadResolutionPriority(1)]
    public HubFixture Activity<TIn, TOut>(string name, Func<TIn, TOut> code) => Activity<TIn, TOut>(name, input => Task.FromResult(code(input)));

    /// <summary>An entity, run as the worker runs it.</summary>
    public HubFixture Entity(string name, Func<ITaskEntity> create)
    {
        Functions.Entity(name, create, _loggers);
        return this;
    }

    /// <summary>An entity's function itself.</summary>
    internal HubFixture Entity(string name, EntityFunction function)
    {
        Functions.Entity(name, function);
        return this;
    }

    /// <summary>An activity that sees the host's cancellation.</summary>
    public HubFixture Activity(string name, Func<CancellationToken, Task> code)
    {
        Functions.Activity(name, code);
        return this;
    }

    /// <summary>Starts an instance, and waits until its first turn is on disk; returns its id.</summary>
    public async Task<string> StartAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await ScheduleAsync(orchestrator, input, instanceId);
        _ = await Client.WaitForInstanceStartAsync(id).WaitAsync(TimeSpan.FromSeconds(30));
        return id;
    }

    /// <summary>Starts an instance, and waits no longer than its caller must; returns its id.</summary>
    public Task<string> ScheduleAsync(string orchestrator, object? input = null, string? instanceId = null) =>
        Client.ScheduleAsync(orchestrator, input, instanceId);

    /// <summary>Waits for an instance's end, and returns what the hub has of it.</summary>
    public Task<OrchestrationMetadata> EndAsync(string instanceId) => Client.EndAsync(instanceId);

    /// <summary>Starts an instance, waits for its end, and returns what the hub has of it.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null) =>
        await EndAsync(await StartAsync(orchestrator, input, instanceId));

    /// <summary>What the hub has of an instance now.</summary>
    public Task<OrchestrationMetadata> GetAsync(string instanceId) => Client.GetAsync(instanceId);

    /// <summary>Waits until the instance shows a custom status.</summary>
    public Task ShowsAsync(string instanceId, string customStatus) => UntilAsync(
        async () => (await GetAsync(instanceId)).ReadCustomStatusAs<string>() == customStatus, $"'{instanceId}' shows {customStatus}");

    /// <summary>Waits until the instance is in a state: a message to it is on disk before it is taken.</summary>
    public Task ReachesAsync(string instanceId, OrchestrationRuntimeStatus state) => UntilAsync(
        async () => (await GetAsync(instanceId)).RuntimeStatus == state, $"'{instanceId}' is {state}");

    /// <summary>Waits until the instances have taken in what was sent to them.</summary>
    public Task TakenAsync() => UntilAsync(() => Scalar<long>("SELECT count(*) FROM mail") == 0, "all messages are taken");

    /// <summary>Waits until a condition holds.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, $"Not within half a minute: {what}.");
            _ = await poll.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    internal static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <summary>Changes the file behind the hub's back, in a commit of its own.</summary>
    internal async Task RewriteAsync(string sql)
    {
        var work = new SqlWork(sql);
        if (!Database.Committer.Submit(work))
        {
            await work.Done;
        }

        Assert.Null(work.Error);
    }

    internal string? Text(byte[]? payload) => SerializerDataConverter.Text(payload);

    internal long KeyOf(string instanceId) => Hub.Reader.Find(instanceId, payloads: false)!.Key;

    internal long HistoryRows(string instanceId) => Scalar<long>($"SELECT count(*) FROM history WHERE instance = {KeyOf(instanceId)}");

    internal T? Scalar<T>(string sql) => Database.Read(sql, static (session, sql) => session.Scalar(sql)) is T value ? value : default;

    /// <summary>
    /// Drops everything in memory as a crash would, and opens what is on disk. Activities that the dead process still
    /// runs have no effect any more, and its turns reach no code.
    /// </summary>
    public Task CrashAndRestartAsync() => CrashAndRestartAsync(_options);

    /// <summary>The same, with other options of the next process.</summary>
    internal Task CrashAndRestartAsync(TaskHubOptions options)
    {
        _options = options;
        _process.IsDying = true;
        Hub.Dispose();
        Database.Dispose();
        _process.IsDead = true;
        Open();
        return Task.CompletedTask;
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await Hub.StopAsync(CancellationToken.None);
        Hub.Dispose();
        Database.Dispose();
        Directory.Delete(_folder, recursive: true);
        Assert.Empty(Faults);
    }

    private void Open()
    {
        var process = _process = new Process(this);
        Database = new SqliteDatabase(Path.Combine(_folder, "hub.db"), HubSchema.Script, HubSchema.Version, _environment, HubSchema.Upgrade);
        Hub = new TaskHub(Database, new EngineServices(process, Functions, _clock, _loggers), _options, e =>
        {
            if (!process.IsDying)
            {
                Faults.Enqueue(e);
            }
        });
        Hub.StartAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>The app in one process: once that is dead, its functions never return.</summary>
    private sealed class Process(HubFixture fixture) : IFunctionRegistry
    {
        private volatile bool _isDying;
        private volatile bool _isDead;

        /// <summary>Its database is being closed: that its turns fail is what is meant to happen.</summary>
        public bool IsDying
        {
            get => _isDying;
            set => _isDying = value;
        }

        /// <summary>Nothing that it does is seen any more. Not before its database is closed: a turn without code would be committed.</summary>
        public bool IsDead
        {
            get => _isDead;
            set => _isDead = value;
        }

        public OrchestratorFunction? FindOrchestrator(string name) =>
            IsDead ? static _ => Never<object?>() : fixture.Functions.FindOrchestrator(name);

        public ActivityFunction? FindActivity(string name)
        {
            if (IsDead)
            {
                return static (_, _) => new ValueTask<byte[]?>(Never<byte[]?>());
            }

            return fixture.Functions.FindActivity(name) is not { } function ? null : async (call, stopping) =>
            {
                var result = await function(call, stopping);
                return IsDead ? await Never<byte[]?>() : result;
            };
        }

        public EntityFunction? FindEntity(string name)
        {
            if (IsDead)
            {
                return static (_, _) => new ValueTask<EntityBatchResult>(Never<EntityBatchResult>());
            }

            return fixture.Functions.FindEntity(name) is not { } function ? null : async (batch, stopping) =>
            {
                var result = await function(batch, stopping);
                return IsDead ? await Never<EntityBatchResult>() : result;
            };
        }

        private static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
    }

    private sealed class SqlWork(string sql) : CommitWork
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public override void Write(SqliteSession session) => session.Run(sql);

        public override void Execute() => _done.SetResult();
    }
}
