namespace EmbeddedHost.Storage;

/// <summary>Where the host leaves what is to run soon and on no particular thread.</summary>
internal interface IWorkScheduler
{
    /// <summary>Has the work run once.</summary>
    void Queue(IThreadPoolWorkItem work);
}

/// <summary>The thread pool.</summary>
internal sealed class PoolScheduler : IWorkScheduler
{
    public static readonly PoolScheduler Instance = new();

    public void Queue(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
