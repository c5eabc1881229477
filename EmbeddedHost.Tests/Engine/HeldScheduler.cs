using EmbeddedHost.Storage;

namespace EmbeddedHost.Tests.Engine;

/// <summary>The thread pool, until it is held: then all that is queued waits, but for the first where that is to run where it is queued.</summary>
internal sealed class HeldScheduler : IWorkScheduler
{
    private readonly Lock _gate = new();
    private List<IThreadPoolWorkItem>? _held;
    private bool _runsFirst;

    public void Hold(bool runsFirst)
    {
        lock (_gate)
        {
            (_held, _runsFirst) = ([], runsFirst);
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

            if (!_runsFirst)
            {
                _held.Add(work);
                return;
            }

            _runsFirst = false;
        }

        work.Execute();
    }
}
