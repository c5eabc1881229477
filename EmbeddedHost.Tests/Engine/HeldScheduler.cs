using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The thread pool, until it is held: then the next work runs where it is queued, and all that comes after it waits.</summary>
internal sealed class HeldScheduler : IWorkScheduler
{
    private readonly Lock _gate = new();
    private List<IThreadPoolWorkItem>? _held;
    private bool _runsNext;

    public void Hold()
    {
        lock (_gate)
        {
            (_held, _runsNext) = ([], true);
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

            if (!_runsNext)
            {
                _held.Add(work);
                return;
            }

            _runsNext = false;
        }

        work.Execute();
    }
}
