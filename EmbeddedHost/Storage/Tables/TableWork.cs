namespace EmbeddedHost.Storage.Tables;

/// <summary>A write operation and, once it is on disk or refused, its answer.</summary>
internal abstract class TableWork<T>(TableStore store) : CommitWork
{
    private readonly TaskCompletionSource<T> _answer = new();

    protected TableStore Store => store;

    /// <summary>Writes, and returns after the commit.</summary>
    public T Run()
    {
        ContinuesInline = true;
        return store.Database.Committer.Submit(this) ? Answer() : _answer.Task.GetAwaiter().GetResult();
    }

    /// <summary>Writes; the task ends after the commit.</summary>
    public ValueTask<T> RunAsync() => GatheredWorks.Submit(store.Database.Committer, this) ? new(Answer()) : new(_answer.Task);

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

    private T Answer() => Error is null ? Committed() : throw TableErrors.Storage(Error);
}
