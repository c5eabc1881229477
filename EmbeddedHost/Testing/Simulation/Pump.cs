using System.Diagnostics.CodeAnalysis;
using EmbeddedHost.Storage;

namespace EmbeddedHost.Testing.Simulation;

/// <summary>
/// The one thread on which everything of a simulated process runs: the engine's work, the continuations of the app's code,
/// timers and requests. It runs one thing at a time, in an order that the seed decides, and only while the test waits.
/// What comes from other threads runs when nothing else can.
/// </summary>
internal sealed class Pump : SynchronizationContext, IWorkScheduler, IDisposable
{
    // In real time: how long something from outside (a real request, another thread) is waited for before it is given up.
    private static readonly TimeSpan LongestOutside = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly List<Action> _ready = [];

    // What other threads add: when they do is up to the machine, so it stays out of the order that the seed decides, and
    // runs when nothing else can.
    private readonly Queue<Action> _arrived = new();
    private readonly List<Wait> _waits = [];
    private readonly Thread _thread;
    private readonly Random _order;
    private readonly VirtualClock _clock;
    private readonly TimeSpan _outside;
    private Exception? _end;

    /// <param name="order">Decides what of several things runs next.</param>
    /// <param name="clock">The clock that is moved when nothing can run.</param>
    /// <param name="outside">How long, in real time, the clock stands still for code that may wait for something outside.</param>
    public Pump(Random order, VirtualClock clock, TimeSpan outside)
    {
        _order = order;
        _clock = clock;
        _outside = outside;
        _clock.Begin(Add);
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(Pump) };
        _thread.UnsafeStart();
    }

    /// <summary>Tells whether an activity may wait for something outside.</summary>
    public Func<bool> MayWaitOutside { get; set; } = static () => false;

    public void Queue(IThreadPoolWorkItem work) => Add(work.Execute);

    public override void Post(SendOrPostCallback d, object? state) => Add(() => d(state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs code as if it were the app's, and all that it needs, until its task has ended.</summary>
    public async Task<T> RunAsync<T>(WaitForTask<T> wait)
    {
        if (Thread.CurrentThread == _thread)
        {
            return await wait.Code();
        }

        await WaitAsync(wait, () => wait.Start(onEnd: Wake));
        return await wait.Result;
    }

    /// <summary>Runs until something has come.</summary>
    /// <param name="wait">What the test waits for.</param>
    /// <param name="first">Made ready at once.</param>
    /// <exception cref="InvalidOperationException">Nothing can run any more, and it has not come.</exception>
    /// <exception cref="HostCrashedException">The host has crashed.</exception>
    public Task WaitAsync(Wait wait, Action? first = null)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return Task.FromException(_end);
            }

            if (first is not null)
            {
                _ready.Add(first);
            }

            _waits.Add(wait);
            Monitor.Pulse(_gate);
            return wait.End;
        }
    }

    /// <summary>Lets what runs now be the last thing; who waits is told why.</summary>
    public void Stop(Exception reason)
    {
        lock (_gate)
        {
            _end ??= reason;
            _ready.Clear();
            _arrived.Clear();
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Stops, and waits for the end of what runs.</summary>
    /// <exception cref="InvalidOperationException">It does not end.</exception>
    public void Dispose()
    {
        Stop(new ObjectDisposedException(nameof(DurableTestHost)));
        if (Thread.CurrentThread != _thread && !_thread.Join(LongestOutside))
        {
            throw new InvalidOperationException("The app's code blocks the thread of the test host: await what it waits for, instead of blocking.");
        }
    }

    private void Add(Action action)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            if (Thread.CurrentThread == _thread)
            {
                _ready.Add(action);
            }
            else
            {
                _arrived.Enqueue(action);
                Monitor.Pulse(_gate);
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        SetSynchronizationContext(this);
        var ambient = ExecutionContext.Capture()!;
        while (Next() is { } action)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                // On the thread pool this would end the process.
                Stop(e);
            }

            ExecutionContext.Restore(ambient);
        }

        lock (_gate)
        {
            _waits.ForEach(wait => wait.Fail(_end!));
        }
    }

    /// <summary>What is to run next; null at the end.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            while (_end is null)
            {
                CompleteWaits();
                if (_waits.Count == 0)
                {
                    _ = Monitor.Wait(_gate);
                }
                else if (_ready.Count > 0)
                {
                    return TakeOne();
                }
                else if (_arrived.TryDequeue(out var arrived))
                {
                    return arrived;
                }
                else
                {
                    Idle();
                }
            }

            return null;
        }
    }

    private void CompleteWaits()
    {
        foreach (var wait in _waits.Where(static wait => wait.HasCome).ToArray())
        {
            _ = _waits.Remove(wait);
            wait.Complete();
        }
    }

    [SuppressMessage("Security", "CA5394", Justification = "The order of a test is to be repeatable, and protects nothing.")]
    private Action TakeOne()
    {
        var chosen = _order.Next(_ready.Count);
        var action = _ready[chosen];
        _ready[chosen] = _ready[^1];
        _ready.RemoveAt(_ready.Count - 1);
        return action;
    }

    private void Idle()
    {
        // Code that the test runs may wait outside too, without anybody knowing.
        var mayWaitOutside = MayWaitOutside() || _waits.Exists(static wait => wait.MayWaitOutside);
        if (mayWaitOutside && Monitor.Wait(_gate, _outside))
        {
            return;
        }

        foreach (var wait in _waits)
        {
            switch (wait.OnIdle(_clock))
            {
                case WhenIdle.Done:
                    _ = _waits.Remove(wait);
                    wait.Complete();
                    return;
                case WhenIdle.Moved:
                    return;
            }
        }

        // Only something from outside can help now: a thread of the app's own, a real request.
        if (!Monitor.Wait(_gate, mayWaitOutside ? LongestOutside : TimeSpan.Zero))
        {
            _waits.ForEach(static wait => wait.Fail(wait.Stuck()));
            _waits.Clear();
        }
    }
}
