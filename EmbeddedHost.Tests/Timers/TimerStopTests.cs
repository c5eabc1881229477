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
        await using var host = await StartAsync(typeof(Deaf));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await _gates.EnteredAsync());

        await host.StopAsync();

        Assert.Equal(0, _gates.Cancelled);
    }

    private Task<RunningHost> StartAsync(Type functions) => RunningHost.StartAsync(
        [functions], builder => builder.Services.AddSingleton(_gates), clock: _clock, arguments: ["--data", _folder.Path]);

    /// <summary>Tells of each run that has begun whether it was too late, and counts those that were cancelled.</summary>
    public sealed class Gates
    {
        private readonly System.Threading.Channels.Channel<bool> _entered = System.Threading.Channels.Channel.CreateUnbounded<bool>();

        public int Cancelled { get; set; }

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
        public Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
        {
            gates.Enter(timer);
            return new TaskCompletionSource().Task;
        }
    }
}
