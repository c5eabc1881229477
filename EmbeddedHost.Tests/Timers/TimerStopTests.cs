using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Timers;

/// <summary>A stop while a timer function runs.</summary>
public sealed class TimerStopTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualClock _clock = new();
    private readonly Gates _gates = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stop_TimerFunctionRuns_IsCancelledAndRunsAfterTheNextStart()
    {
        await using (var host = await StartAsync(typeof(Waiting)))
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.False(await _gates.EnteredAsync());
            await host.StopAsync();
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
        await using (var host = await StartAsync(typeof(Waiting)))
        {
            Assert.True(await _gates.EnteredAsync());
            await host.StopAsync();
        }

        Assert.Equal(2, _gates.Cancelled);
    }

    [Fact]
    public async Task Stop_TimerFunctionEndsAllTheSame_IsNotRepeated()
    {
        await using (var host = await StartAsync(typeof(Finishing)))
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.False(await _gates.EnteredAsync());
            await host.StopAsync();
        }

        await using var next = await StartAsync(typeof(Finishing));
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.False(await _gates.EnteredAsync());
    }

    [Fact]
    public async Task Stop_TimerFunctionDoesNotEnd_EndsWithoutIt()
    {
        var host = await StartAsync(typeof(Deaf));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await _gates.EnteredAsync());

        await host.StopAsync();
        await host.DisposeAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await using var next = await StartAsync(typeof(Deaf));
        Assert.True(await _gates.EnteredAsync());
        // The first one too ends, long after its host.
        _gates.End.SetResult();
    }

    [Fact]
    public async Task Run_OverItsTime_IsCancelledAndTheNextWaitsForItsEnd()
    {
        await using var host = await StartAsync([typeof(Deaf), typeof(Witness)], """{"functionTimeout":"00:01:00"}""");
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await _gates.EnteredAsync());

        _clock.Advance(TimeSpan.FromMinutes(1));
        await _gates.Overdue.Task;
        _clock.Advance(TimeSpan.FromMinutes(4));
        // It is due at the same time, and after the other.
        await _gates.Witnessed.Task;
        _gates.End.SetResult();

        Assert.False(await _gates.EnteredAsync());
        Assert.False(_gates.Overlapped);
    }

    private Task<RunningHost> StartAsync(Type functions) => StartAsync([functions]);

    private Task<RunningHost> StartAsync(Type[] functions, string? hostJson = null) => RunningHost.StartAsync(
        functions, builder => builder.Services.AddSingleton(_gates), hostJson, clock: _clock, arguments: ["--data", _folder.Path]);

    /// <summary>Tells of each run that has begun whether it was too late, and counts those that were cancelled.</summary>
    public sealed class Gates
    {
        private readonly System.Threading.Channels.Channel<bool> _entered = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public int Cancelled { get; set; }

        public bool IsRunning { get; set; }

        public bool Overlapped { get; set; }

        /// <summary>Completes when a run has been asked to end.</summary>
        public TaskCompletionSource Overdue { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when the other function runs.</summary>
        public TaskCompletionSource Witnessed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Lets the runs end that do not do so when they are asked to.</summary>
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<bool> EnteredAsync() => _entered.Reader.ReadAsync();

        public void Enter(TimerInfo timer) => _entered.Writer.TryWrite(timer.IsPastDue);
    }

    public sealed class Waiting(Gates gates)
    {
        [Function(nameof(Waiting))]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            gates.Enter(timer);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                gates.Cancelled++;
                throw;
            }
        }
    }

    public sealed class Finishing(Gates gates)
    {
        [Function(nameof(Finishing))]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            gates.Enter(timer);
            var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (cancellationToken.Register(cancelled.SetResult))
            {
                await cancelled.Task;
            }
        }
    }

    public sealed class Deaf(Gates gates)
    {
        [Function(nameof(Deaf))]
        public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            _ = cancellationToken.Register(() => gates.Overdue.TrySetResult());
            gates.Overlapped |= gates.IsRunning;
            gates.IsRunning = true;
            gates.Enter(timer);
            await gates.End.Task;
            gates.IsRunning = false;
        }
    }

    public sealed class Witness(Gates gates)
    {
        [Function(nameof(Witness))]
        public void Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer) => gates.Witnessed.SetResult();
    }
}
