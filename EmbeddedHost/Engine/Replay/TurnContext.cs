namespace EmbeddedHost.Engine.Replay;

/// <summary>
/// The synchronisation context of an orchestrator's code, one for all of its turns. The executor makes another one in every
/// turn: an await would find that it comes back to an old one, and so would each await around it, with a task of its own.
/// Under this one the innermost of them is posted, and the others follow in place.
/// </summary>
/// <param name="thread">The thread of the turn.</param>
/// <param name="strayed">Called if the code would go on elsewhere, which it does not do: it awaits something that is not durable, and that has ended.</param>
internal sealed class TurnContext(TurnThread thread, Action strayed) : SynchronizationContext
{
    private SynchronizationContext? _executor;

    /// <summary>From here on the code of the caller, and what it awaits, is under this context.</summary>
    public void Begin()
    {
        _executor = Current;
        SetSynchronizationContext(this);
    }

    /// <inheritdoc />
    public override void Post(SendOrPostCallback d, object? state)
    {
        if (!thread.IsHere)
        {
            strayed();
            return;
        }

        // Within a continuation the current one is this: the last one of the executor's does.
        if (Current?.GetType() == _executor!.GetType())
        {
            _executor = Current;
        }

        // The executor runs it at once, as a task of its own scheduler.
        _executor!.Post(static post => ((Posted)post!).Run(), new Posted(this, d, state));
    }

    /// <inheritdoc />
    public override SynchronizationContext CreateCopy() => this;

    private sealed record Posted(TurnContext Context, SendOrPostCallback Callback, object? State)
    {
        public void Run()
        {
            var executor = Current;
            SetSynchronizationContext(Context);
            try
            {
                Callback(State);
            }
            finally
            {
                SetSynchronizationContext(executor);
            }
        }
    }
}
