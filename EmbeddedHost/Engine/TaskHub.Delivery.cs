using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine;

/// <content>Messages to instances: who takes them, and what becomes of those that nobody takes.</content>
internal sealed partial class TaskHub
{
    /// <summary>
    /// Delivers a message to an instance, bringing it into memory where it is not. <paramref name="key"/> 0: to
    /// whichever run of the id is active.
    /// </summary>
    public void Deliver(string id, long key, Message message, bool leaveAfterCommit = false)
    {
        while (Locate(id, key) is { } instance)
        {
            if (key != 0 && key != instance.Key)
            {
                if (instance.TryHold(key, message))
                {
                    return;
                }
            }
            else if (instance.TryPost(message, out var drive))
            {
                if (drive)
                {
                    instance.Drive(leaveAfterCommit);
                }

                return;
            }

            _live.Remove(instance);
        }

        Drop(key, message);
    }

    /// <summary>Delivers a message that nobody waits for: where that cannot be done, the hub stops.</summary>
    public void DeliverOrFault(string id, long key, Message message)
    {
        try
        {
            Deliver(id, key, message);
        }
        catch (Exception e)
        {
            Fault(e, $"a message to the instance '{id}'");
        }
    }

    /// <summary>Delivers on a pool thread.</summary>
    public void QueueDeliver(string id, long key, Message message) => Scheduler.Queue(new Delivery(this, id, key, message));

    /// <summary>Delivers an event of one instance to another.</summary>
    public void DeliverMail(long sequence, string target, HistoryEvent e) =>
        QueueDeliver(target, key: 0, new Message(e, MailSequence: sequence));

    /// <summary>Starts a child that its parent's commit has created.</summary>
    public void StartChild(InstanceRow child) => QueueDeliver(child.Id, child.Key, new Message(Event: null));

    /// <summary>The answer of a child that has ended or is gone; null while it is under way.</summary>
    public HistoryEvent? AnswerOfChild(InstanceRow parent, HistoryEvent action)
    {
        var child = Reader.Find(action.InstanceId!, payloads: true);
        if (child is null)
        {
            return SubOrchestrationAnswer.Gone(action);
        }

        if (child.ParentKey != parent.Key || child.ParentTaskId != action.TaskId)
        {
            return SubOrchestrationAnswer.Refused(action);
        }

        return child.IsTerminal
            ? SubOrchestrationAnswer.Of(
                action.TaskId, child.State, child.Output, child.Failure is null ? null : HistoryCodec.DecodeFailure(child.Failure))
            : null;
    }

    /// <summary>
    /// The instance of an id as it is on disk, or null. An instance in memory knows that without a look.
    /// </summary>
    /// <param name="id">The instance's id.</param>
    /// <param name="payloads">Whether input, custom status and outcome are wanted; they may come all the same.</param>
    public InstanceRow? Find(string id, bool payloads) =>
        _live.TryGet(id, out var live) && live!.Committed is { } committed ? committed : Reader.Find(id, payloads);

    /// <summary>The instance has ended, and its end is on disk.</summary>
    public void OnEnded(OrchestrationInstance instance, InstanceRow row, ExecutionOutcome outcome)
    {
        Forget(instance);
        Started.Complete(row.Id, instance.Committed);
        Ended.Complete(row.Id, instance.Committed);
        LogEnded(row.Name, row.Id, outcome.State);
        if (row.ParentId is not null)
        {
            QueueDeliver(row.ParentId, row.ParentKey!.Value, new Message(
                SubOrchestrationAnswer.Of(row.ParentTaskId, outcome.State, outcome.Output, outcome.Failure)));
        }
    }

    /// <summary>Takes an instance out of memory; events of other instances go to whoever has the id now, or to nobody.</summary>
    public void Forget(OrchestrationInstance instance)
    {
        _live.Remove(instance);
        var (orphans, held) = instance.Abandon();
        foreach (var orphan in orphans)
        {
            if (orphan.MailSequence > 0)
            {
                QueueDeliver(instance.Id, key: 0, orphan);
            }
            else
            {
                Drop(instance.Key, orphan);
            }
        }

        Redeliver(instance.Id, held);
    }

    /// <summary>Delivers what waited until it was known which run of an id goes on.</summary>
    public void Redeliver(string id, IEnumerable<(long Key, Message Message)> held)
    {
        foreach (var (key, message) in held)
        {
            QueueDeliver(id, key, message);
        }
    }

    /// <summary>Delivers mail again that was taken by an instance which had ended, or whose start was refused.</summary>
    public void ReturnMail(IReadOnlyCollection<long> sequences)
    {
        if (sequences.Count == 0)
        {
            return;
        }

        foreach (var (sequence, target, e) in Reader.Mail())
        {
            if (sequences.Contains(sequence))
            {
                DeliverMail(sequence, target, e);
            }
        }
    }

    /// <summary>Nobody will take the message.</summary>
    public void Drop(long key, Message message)
    {
        _ = message.Committed?.TrySetResult();
        if (message.Event is { Kind: HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed } result)
        {
            Activities.Done(key, result.TaskId);
        }

        if (message.MailSequence > 0)
        {
            _ = _database.Committer.Submit(new DropMailWork(message.MailSequence));
        }
    }

    private OrchestrationInstance? Locate(string id, long key)
    {
        while (true)
        {
            if (_live.TryGet(id, out var live))
            {
                return live;
            }

            if (Reader.Find(id, payloads: false) is not { IsTerminal: false } row || (key != 0 && row.Key != key))
            {
                return null;
            }

            var instance = new OrchestrationInstance(this, row, isNew: false);
            if (_live.TryAdd(instance))
            {
                return instance;
            }
        }
    }

    private sealed class Delivery(TaskHub hub, string id, long key, Message message) : IThreadPoolWorkItem
    {
        public void Execute() => hub.DeliverOrFault(id, key, message);
    }
}
