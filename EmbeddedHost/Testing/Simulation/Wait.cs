namespace EmbeddedHost.Testing.Simulation;

/// <summary>Something that a test waits for while the pump runs.</summary>
internal abstract class Wait
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is nothing to wait for any more.</summary>
    public Task End => _end.Task;

    /// <summary>Whether it has come; looked at after each thing that ran.</summary>
    public virtual bool HasCome => false;

    /// <summary>Whether it may itself wait for something outside of the host.</summary>
    public virtual bool MayWaitOutside => false;

    /// <summary>What it waits for, as the errors name it.</summary>
    protected abstract string What { get; }

    /// <summary>Nothing can run: what now?</summary>
    public abstract WhenIdle OnIdle(VirtualClock clock);

    public void Complete() => _end.TrySetResult();

    public void Fail(Exception e) => _end.TrySetException(e);

    /// <summary>The error of a wait that nothing will end.</summary>
    public InvalidOperationException Stuck() => new(
        $"The test waits for {What}, which will not come: nothing is left to run, and no timer is armed that could fire. " +
        "Timer functions, where the app has any, have run twice without bringing it. Do what it depends on first (raise the event, complete the request), or look at the history for what it waits for.");
}

/// <summary>What a wait makes of a pump that has nothing to run.</summary>
internal enum WhenIdle
{
    /// <summary>That is what it waited for.</summary>
    Done,

    /// <summary>Time has moved, and something fell due.</summary>
    Moved,

    /// <summary>It knows no way on.</summary>
    Stuck,
}

/// <summary>Waits for a task; time moves when that is all that can happen.</summary>
/// <param name="code">Makes the task.</param>
/// <param name="limit">Time does not move beyond.</param>
/// <param name="what">What it is, as errors name it.</param>
/// <param name="mayWaitOutside">Whether it may wait for something outside of the host.</param>
/// <param name="isInVain">Tells whether time would move for nothing.</param>
internal sealed class WaitForTask<T>(Func<Task<T>> code, TimeSpan limit, string what, bool mayWaitOutside, Func<bool> isInVain) : Wait
{
    private Task<T>? _task;

    /// <summary>Makes the task.</summary>
    public Func<Task<T>> Code => code;

    /// <summary>The task's result, once it has come.</summary>
    public Task<T> Result => _task!;

    public override bool MayWaitOutside => mayWaitOutside;

    public override bool HasCome => Volatile.Read(ref _task) is { IsCompleted: true };

    protected override string What => what;

    /// <summary>Starts the task; <paramref name="onEnd"/> is called when it has ended.</summary>
    public void Start(Action onEnd)
    {
        Task<T> task;
        try
        {
            task = code();
        }
        catch (Exception e)
        {
            task = Task.FromException<T>(e);
        }

        Volatile.Write(ref _task, task);
        _ = task.ContinueWith(_ => onEnd(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public override WhenIdle OnIdle(VirtualClock clock) => !isInVain() && clock.TryMoveToNext(limit) ? WhenIdle.Moved : WhenIdle.Stuck;
}

/// <summary>Waits until nothing can run at the present time.</summary>
internal sealed class WaitForIdle : Wait
{
    protected override string What => "the end of all work";

    public override WhenIdle OnIdle(VirtualClock clock) => WhenIdle.Done;
}

/// <summary>Waits until so much time has passed since the clock was made, and nothing can run then.</summary>
internal sealed class WaitForTime(TimeSpan time) : Wait
{
    protected override string What => $"the passing of {time:c} since the clock was made";

    public override WhenIdle OnIdle(VirtualClock clock)
    {
        if (clock.TryMoveToNext(time))
        {
            return WhenIdle.Moved;
        }

        clock.MoveTo(time);
        return WhenIdle.Done;
    }
}

/// <summary>Waits until time has moved to whatever falls due next, and nothing can run then.</summary>
internal sealed class WaitForNextTimer(TimeSpan limit, string what, Func<bool> isInVain) : Wait
{
    private bool _hasMoved;

    protected override string What => what;

    public override WhenIdle OnIdle(VirtualClock clock)
    {
        if (_hasMoved)
        {
            return WhenIdle.Done;
        }

        _hasMoved = !isInVain() && clock.TryMoveToNext(limit);
        return _hasMoved ? WhenIdle.Moved : WhenIdle.Stuck;
    }
}
