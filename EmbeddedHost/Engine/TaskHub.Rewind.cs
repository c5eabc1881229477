using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Engine.Rewind;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <content>Failed instances that go on from what failed, and histories that are replayed.</content>
internal sealed partial class TaskHub
{
    /// <summary>
    /// Lets a failed instance go on: what is done is kept, what failed runs again, in its sub-orchestrations too. The
    /// task completes when that is on disk.
    /// </summary>
    /// <exception cref="InvalidOperationException">The instance has not failed, or its code does not match its history.</exception>
    public async Task RewindAsync(InstanceRow row, string? reason)
    {
        ThrowIfFaulted();
        var at = Services.UtcNow;
        // The code is replayed here: not on a scheduler of the caller's.
        var instances = await Task.Run(() => Rewind(row, reason, at).ToList());
        var work = new RewindWork(instances);
        if (!_database.Committer.Submit(work))
        {
            await work.Done;
        }

        if (work.Error is not null)
        {
            throw work.Error;
        }

        if (work.Rewound.Count == 0)
        {
            throw NotFailed(row.Id, Reader.Find(row.Id, payloads: false)?.State);
        }

        _live.Expect(work.Rewound.Count);
        foreach (var rewound in work.Rewound)
        {
            _post.Send(rewound.Letters);
        }
    }

    /// <summary>
    /// The first difference between an instance's stored history and what the app's code does with it; null where there is
    /// none, or no such instance.
    /// </summary>
    public string? FindDifference(string instanceId) =>
        Reader.Find(instanceId, payloads: true) is { } row ? new HistoryReplay(row, Reader.History(row.Key), Services).FindDifference() : null;

    private IEnumerable<RewoundInstance> Rewind(InstanceRow failed, string? reason, DateTime at)
    {
        // Its end is on disk, but its driver may not have let go of it.
        while (_live.TryGet(failed.Id, out var live) && live!.Key == failed.Key && live.Committed is { IsTerminal: true })
        {
            _ = Thread.Yield();
            ThrowIfFaulted();
        }

        var found = Reader.Find(failed.Id, payloads: true);
        if (found is not { State: OrchestrationRuntimeStatus.Failed } row)
        {
            throw NotFailed(failed.Id, found?.State);
        }

        var turns = Reader.History(row.Key);
        var history = new Rewinding(row, turns, Services).Run();
        // After the failure, wherever the clock is: should it fail again, that is at another time.
        var later = at > row.Updated ? at : row.Updated.AddTicks(1);
        var mark = new HistoryTurn(later, [new HistoryEvent
        {
            Kind = HistoryEventKind.ExecutionRewound,
            // What is undone may still be answered: no number means two things in one instance.
            TaskId = turns.SelectMany(static turn => turn.Events).Select(static e => e.TaskId).DefaultIfEmpty(-1).Max() + 1,
            Name = reason,
        }]);
        yield return new RewoundInstance(
            row, later, HistoryCodec.Encode([.. history.Turns, mark]), [.. history.Late.Select(late => (NextMailSequence(), late))]);
        foreach (var action in history.OpenChildren)
        {
            if (Reader.Find(action.InstanceId!, payloads: false) is { State: OrchestrationRuntimeStatus.Failed } child
                && child.ParentKey == row.Key && child.ParentTaskId == action.TaskId)
            {
                foreach (var rewound in Rewind(child, reason, at))
                {
                    yield return rewound;
                }
            }
        }
    }

    private static InvalidOperationException NotFailed(string id, OrchestrationRuntimeStatus? state) => new(
        state == OrchestrationRuntimeStatus.Failed
            ? $"The instance '{id}' has been rewound meanwhile, and has failed again: see why, before it is rewound once more."
            : $"The instance '{id}' is {state?.ToString() ?? "gone"}: only one that has failed can be rewound.");
}
