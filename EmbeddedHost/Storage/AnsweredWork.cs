namespace EmbeddedHost.Storage;

/// <summary>A write operation and, once it is on disk or refused, its answer.</summary>
internal abstract class AnsweredWork<T>(GroupCommitter committer) : CommitWork
{
    private readonly TaskCompletionSource<T> _answer = new();

    /// <summary>Writes, and returns after the commit.</summary>
    public T Run()
    {
        ContinuesInline = true;
        return committer.Submit(this) ? Answer() : _answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Writes, together with what else this thread gathers; the task ends after the commit.</summary>
    public ValueTask<T> RunAsync() => GatheredWorks.Submit(committer, this) ? new(Answer()) : new(_answer.Task);

    /// <summary>Writes without waiting for what else this thread gathers; the task ends after the commit.</summary>
    public ValueTask<T> RunAtOnceAsync() => committer.Submit(this) ? new(Answer()) : new(_answer.Task);

    public override void Execute()
    {
        try
        {
            _answer.SetResult(Answer());
        }
        catch (Exception e)
        {
            _answer.SetException(e);
        }
    }

    /// <summary>The answer to a committed work; throws what the service would refuse it with.</summary>
    protected abstract T Committed();

    /// <summary>What a caller gets for a work that could not be committed.</summary>
    protected abstract Exception Failed(Exception error);

    private T Answer() => Error is null ? Committed() : throw Failed(Error);
}
