using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The thread pool, until it is held: then all that is queued waits, but for the first few, which run where they are queued.</summary>
internal sealed class HeldScheduler : IWorkScheduler
{
    private readonly Lock _gate = new();
    private List<IThreadPoolWorkItem>? _held;
    private int _runs;

    public void Hold(int runs)
    {
        lock (_gate)
        {
            (_held, _runs) = ([], runs);
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _held!.ForEach(PoolScheduler.Instance.Queue);
            _held = null;
        }
    }

    public void Queue(IThreadPoolWorkItem work)
    {
        lock (_gate)
        {
            if (_held is null)
            {
                PoolScheduler.Instance.Queue(work);
                return;
            }

            if (_runs == 0)
            {
                _held.Add(work);
                return;
            }

            _runs--;
        }

        work.Execute();
    }
}
