using EmbeddedHost.Storage;

namespace EmbeddedHost.Engine.Rewind;

/// <summary>Rewinds an instance, which comes first, and those of its sub-orchestrations that failed.</summary>
internal sealed class RewindWork(IReadOnlyList<RewoundInstance> instances) : CommitWork
{
    private readonly TaskCompletionSource _done = new();

    /// <summary>Completes when the work was committed by another thread.</summary>
    public Task Done => _done.Task;

    /// <summary>The instances that go on; none where the first had not failed any more.</summary>
    public List<RewoundInstance> Rewound { get; } = [];

    public override void Write(SqliteSession session)
    {
        Rewound.Clear();
        foreach (var instance in instances)
        {
            if (instance.TryWrite(session))
            {
                Rewound.Add(instance);
            }
            else if (Rewound.Count == 0)
            {
                return;
            }
        }
    }

    public override void Execute() => _done.SetResult();
}
