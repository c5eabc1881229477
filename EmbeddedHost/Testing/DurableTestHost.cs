using EmbeddedHost.Testing.Simulation;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;

namespace EmbeddedHost.Testing;

/// <summary>
/// Runs an app's functions inside a test: over HTTP without a network, on virtual time, in an order that a seed repeats,
/// and through crashes at any commit.
/// </summary>
/// <remarks>
/// The app runs only while the test awaits something of the host. In between all stands still, so that a test can look and
/// act between any two things. Calls that are made at the same time belong into one <see cref="RunAsync(Func{Task})"/>.
/// </remarks>
public sealed class DurableTestHost : IAsyncDisposable
{
    private readonly DurableTestHostOptions _options;
    private readonly Random _chance;
    private readonly FaultPlan _faults;
    private readonly string _folder;
    private TestProcess _process;

    private DurableTestHost(DurableTestHostOptions options)
    {
        _options = options;
        _chance = new Random(options.Seed);
        _faults = new FaultPlan(options.Faults, _chance);
        _folder = options.Folder ?? Directory.CreateTempSubdirectory("durable-test-").FullName;
        Clock = new VirtualClock(options.Start);
        Client = new PumpedClient(this);
        HttpClient = new HttpClient(new MemoryHandler(this)) { BaseAddress = MemoryServer.Address };
        _process = NewProcess();
    }

    /// <summary>The app's clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>Starts, watches and steers orchestrations. It outlives crashes.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Calls the app's HTTP functions and the management API. It outlives crashes, which it sees as lost connections.</summary>
    public HttpClient HttpClient { get; }

    /// <summary>Finds the app's services; after a restart, other ones.</summary>
    public IServiceProvider Services => _process.Services;

    /// <summary>The commits since the app last started, those of its start included.</summary>
    public IReadOnlyList<TestCommit> Commits => _process.Gate.Commits;

    /// <summary>Whether the host has crashed and was not started again.</summary>
    public bool HasCrashed => _process.Gate.IsShut;

    /// <summary>How often the host has crashed so far.</summary>
    public int Crashes { get; private set; }

    /// <summary>Starts an app.</summary>
    /// <exception cref="ArgumentException">There is nothing to run.</exception>
    public static async Task<DurableTestHost> StartAsync(DurableTestHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var host = new DurableTestHost(options);
        try
        {
            await host._process.StartAsync(host._faults);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs code as the app's own would run, until its task has ended: writes of several callers at once, say.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> code) => RunAsync(code, "the end of the code that it runs", mayWaitOutside: true);

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}})" />
    public Task RunAsync(Func<Task> code) => RunAsync(async () =>
    {
        await code();
        return true;
    });

    /// <summary>Runs until an instance has ended, moving the clock wherever nothing else can happen.</summary>
    /// <returns>The instance with its input, output and custom status.</returns>
    /// <exception cref="InvalidOperationException">It cannot end: nothing is left to run, and no timer is armed.</exception>
    public Task<OrchestrationMetadata> WaitForCompletionAsync(string instanceId) => RunAsync(
        () => _process.Hub.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true), $"the end of the instance '{instanceId}'", mayWaitOutside: false);

    /// <summary>Runs all that can run at the present time; the clock stays.</summary>
    public Task RunUntilIdleAsync() => _process.Pump.WaitAsync(new WaitForIdle());

    /// <summary>Moves the clock, and runs all that falls due on the way at its time.</summary>
    public Task AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return _process.Pump.WaitAsync(new WaitForTime(Clock.Elapsed + time));
    }

    /// <summary>Runs until a condition holds, which is looked at whenever nothing can run, before the clock moves.</summary>
    /// <param name="condition">The condition; it may use the host.</param>
    /// <param name="what">What is waited for, as an error names it.</param>
    /// <exception cref="InvalidOperationException">It will not hold: nothing is left to run, and no timer is armed.</exception>
    public async Task RunUntilAsync(Func<Task<bool>> condition, string what = "a condition")
    {
        ArgumentNullException.ThrowIfNull(condition);
        var limit = Clock.Elapsed + _options.LongestWait;
        var isInVain = _process.NewPatience();
        await RunUntilIdleAsync();
        while (!await condition())
        {
            await _process.Pump.WaitAsync(new WaitForNextTimer(limit, what, isInVain));
        }
    }

    /// <summary>The history of an instance, to look at and to hold against what it should be.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    public async Task<InstanceHistory> HistoryAsync(string instanceId) =>
        await RunAsync(
            () => _process.Hub.ReadHistoryAsync(instanceId, includePayloads: true, CancellationToken.None), "the history", mayWaitOutside: false) is { } history
            ? InstanceHistory.Of(instanceId, history)
            : throw new ArgumentException($"No instance has the id '{instanceId}'.", nameof(instanceId));

    /// <summary>
    /// Replays the stored history of an instance, ended or under way, with the app's code, which has to decide what is stored:
    /// then a deployment of that code lets instances of this kind go on.
    /// </summary>
    /// <exception cref="HistoryAssertionException">It decides otherwise.</exception>
    public void Replay(string instanceId)
    {
        if (_process.Hub.FindDifference(instanceId) is { } difference)
        {
            throw new HistoryAssertionException($"The history of the instance '{instanceId}' is not what the app's code does. In {difference}");
        }
    }

    /// <summary>
    /// Lets the host crash at a commit to come, of the task hub or the tables: from then on nothing that it does is
    /// committed or seen, and whoever awaits it gets a <see cref="HostCrashedException"/>.
    /// </summary>
    /// <param name="commit">Which commit, counted from 1 for the next one.</param>
    /// <param name="moment">Before or after.</param>
    public void CrashAt(int commit, CrashMoment moment)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(commit, 1);
        _process.Gate.CrashAt(commit, moment);
    }

    /// <summary>Lets the host crash now.</summary>
    public void Crash() => _process.Gate.Crash("the test says so");

    /// <summary>Starts the app again on what is on disk, after a crash or in its place.</summary>
    public async Task RestartAsync()
    {
        await _process.DisposeAsync();
        _process = NewProcess();
        await _process.StartAsync(_faults);
    }

    /// <summary>
    /// Does something as a client does that repeats what it got no answer to: when the host crashes meanwhile, it is started
    /// again, and the act repeated.
    /// </summary>
    public async Task<T> PersistAsync<T>(Func<Task<T>> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        while (true)
        {
            try
            {
                return await act();
            }
            catch (Exception) when (HasCrashed)
            {
                await RestartAsync();
            }
        }
    }

    /// <inheritdoc cref="PersistAsync{T}(Func{Task{T}})" />
    public Task PersistAsync(Func<Task> act) => PersistAsync(async () =>
    {
        await act();
        return true;
    });

    /// <summary>Ends the app as a crash would, and removes its data where the folder is a temporary one.</summary>
    public async ValueTask DisposeAsync()
    {
        HttpClient.Dispose();
        await _process.DisposeAsync();
        if (_options.Folder is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>The instances that the hub lists: one read of what is committed, for which nothing has to run.</summary>
    internal AsyncPageable<OrchestrationMetadata> List(OrchestrationQuery? filter) => _process.Hub.Client.GetAllInstancesAsync(filter);

    /// <summary>The task hub's own client of entities.</summary>
    internal DurableEntityClient Entities => _process.Hub.Client.Entities;

    /// <summary>Calls the task hub's own client.</summary>
    internal Task<T> CallAsync<T>(Func<DurableTaskClient, Task<T>> call, bool mayWaitOutside = false) =>
        RunAsync(() => call(_process.Hub.Client), "the task hub's answer", mayWaitOutside);

    /// <summary>Has a request served.</summary>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, byte[]? body) =>
        RunAsync(() => _process.Server.SendAsync(request, body), $"the answer to {request.Method} {request.RequestUri?.PathAndQuery}", mayWaitOutside: true);

    private Task<T> RunAsync<T>(Func<Task<T>> code, string what, bool mayWaitOutside) =>
        _process.Pump.RunAsync(new WaitForTask<T>(code, Clock.Elapsed + _options.LongestWait, what, mayWaitOutside, _process.NewPatience()));

    private TestProcess NewProcess() => new(_options, Clock, _chance, _folder, onCrash: () => Crashes++);
}
