using System.Collections.Concurrent;
using EmbeddedHost.Engine.Scheduling;

namespace EmbeddedHost.Tests.Engine;

/// <summary>Who is woken when, and what is forgotten.</summary>
public sealed class WakeQueueTests
{
    private readonly ManualClock _clock = new();
    private readonly ConcurrentQueue<string> _woken = [];

    [Fact]
    public void Disarm_OfMany_LeavesNothingBehind()
    {
        using var queue = Queue();

        for (var key = 0; key < 100_000; key++)
        {
            queue.Arm("sleeper", key, _clock.GetUtcNow().UtcDateTime.AddDays(1));
            queue.Disarm(key);
        }

        Assert.InRange(queue.Held, 0, 100);
    }

    [Fact]
    public async Task Arm_Again_WakesAtTheNewTimeOnly()
    {
        using var queue = Queue();
        queue.Arm("a", 1, _clock.GetUtcNow().UtcDateTime.AddHours(1));
        queue.Arm("b", 2, _clock.GetUtcNow().UtcDateTime.AddHours(2));
        queue.Arm("a", 1, _clock.GetUtcNow().UtcDateTime.AddHours(3));

        _clock.Advance(TimeSpan.FromHours(2));
        await HubFixture.UntilAsync(() => !_woken.IsEmpty, "somebody is woken");
        Assert.Equal(["b"], _woken);
        await HubFixture.UntilAsync(() => _clock.Armed == 1, "the rest is armed");
        _clock.Advance(TimeSpan.FromHours(1));

        await HubFixture.UntilAsync(() => _woken.Count == 2, "the other is woken");
        Assert.Equal(["b", "a"], _woken);
    }

    [Fact]
    public async Task Arm_ClockMovesWhileTheTimerIsSet_WakesAllTheSame()
    {
        var due = _clock.GetUtcNow().AddHours(1);
        using var queue = new WakeQueue(new MovedOnceRead(_clock, due), (id, _) => _woken.Enqueue(id));

        queue.Arm("a", 1, due.UtcDateTime);

        await HubFixture.UntilAsync(() => !_woken.IsEmpty, "it is woken");
    }

    private WakeQueue Queue() => new(_clock, (id, _) => _woken.Enqueue(id));

    /// <summary>A clock that goes to a time as soon as somebody has looked at it.</summary>
    private sealed class MovedOnceRead(ManualClock clock, DateTimeOffset to) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            var now = clock.GetUtcNow();
            clock.Advance(to - now);
            return now;
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            clock.CreateTimer(callback, state, dueTime, period);
    }
}
