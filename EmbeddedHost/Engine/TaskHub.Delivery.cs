using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine;

/// <content>Messages to instances: who takes them, and what becomes of those that nobody takes.</content>
internal sealed partial class TaskHub
{
    /// <summary>
    /// Delivers a message to an instance, bringing it into memory where it is not. <paramref name="key"/> 0: to
    /// whichever run of the id is active.
    /// </summary>
    public void Deliver(string id, long key, Message message) => Post(id, key, message)?.Drive();

    /// <summary>Puts letters into mailboxes, in their order, before any of their instances takes one; then has those run.</summary>
    public void DeliverTogether(IReadOnlyList<Letter> letters)
    {
        var toDrive = new List<OrchestrationInstance>();
        foreach (var (id, key, message) in letters)
        {
            try
            {
                if (InstanceIds.IsEntity(id))
                {
                    Entities.Take(id, message);
                }
                else if (Post(id, key, message) is { } instance)
                {
                    toDrive.Add(instance);
                }
            }
            catch (Exception e)
            {
                Fault(e, $"a message to the instance '{id}'");
            }
        }

        foreach (var instance in toDrive)
        {
            Scheduler.Queue(new Driving(instance));
        }
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

    /// <summary>Delivers what instances and clients have sent, in its order.</summary>
    public void DeliverMail(IReadOnlyList<Letter> letters) => _post.Send(letters);

    /// <summary>Starts a child that its parent's commit has created.</summary>
    public void StartChild(InstanceRow child)
    {
        _live.Expect(1);
        QueueDeliver(child.Id, child.Key, new Message(Event: null));
    }

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
    /// The instance of an id as it is on disk, or null. An instance in memory knows that without a look, until it has ended:
    /// it may be purged, or replaced, before it has left.
    /// </summary>
    /// <param name="id">The instance's id.</param>
    /// <param name="payloads">Whether input, custom status and outcome are wanted; they may come all the same.</param>
    public InstanceRow? Find(string id, bool payloads) =>
        _live.TryGet(id, out var live) && live!.Committed is { IsTerminal: false } committed ? committed : Reader.Find(id, payloads);

    /// <summary>The instance has ended, and its end is on disk.</summary>
    public void OnEnded(OrchestrationInstance instance, InstanceRow row, ExecutionOutcome outcome)
    {
        Forget(instance);
        Started.Complete(row.Id, instance.Committed);
        Ended.Complete(row.Id, instance.Committed);
        HubTracing.OrchestrationEnded(row, outcome);
        LogEnded(row.Name, row.Id, outcome.State);
        // An entity that has started it does not wait for it.
        if (row is { ParentId: not null, ParentKey: { } parent })
        {
            QueueDeliver(row.ParentId, parent, new Message(
                SubOrchestrationAnswer.Of(row.ParentTaskId, outcome.State, outcome.Output, outcome.Failure)));
        }
    }

    /// <summary>
    /// Takes an instance out of memory; messages that are on disk go to the run that they are for, and the rest to the
    /// instance itself, should it live again: it may have been rewound since its end.
    /// </summary>
    public void Forget(OrchestrationInstance instance)
    {
        _live.Remove(instance);
        var (orphans, held) = instance.Abandon();
        foreach (var orphan in orphans)
        {
            if (orphan.MailSequence > 0)
            {
                QueueDeliver(instance.Id, orphan.Run, orphan);
            }
            else if (instance.IsOnDisk)
            {
                QueueDeliver(instance.Id, instance.Key, orphan);
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

    /// <summary>Delivers mail again that was taken by an instance which had ended.</summary>
    public void ReturnMail(IReadOnlyCollection<long> sequences)
    {
        if (sequences.Count == 0)
        {
            return;
        }

        _post.Send([.. Mail().Where(letter => sequences.Contains(letter.Message.MailSequence))]);
    }

    /// <summary>There is no one to take the message.</summary>
    public void Drop(long key, Message message)
    {
        if (message.Event is { Kind: HistoryEventKind.TaskCompleted or HistoryEventKind.TaskFailed } result)
        {
            Activities.Done(key, result.TaskId);
        }

        if (message.MailSequence > 0)
        {
            _ = _database.Committer.Submit(new DropMailWork(message.MailSequence));
        }
    }

    /// <summary>Puts a message into a mailbox. Returns the instance that the caller must drive; null where another does, or nobody is there.</summary>
    private OrchestrationInstance? Post(string id, long key, Message message)
    {
        while (Locate(id, key) is { } instance)
        {
            if (key != 0 && key != instance.Key)
            {
                if (instance.TryHold(key, message))
                {
                    return null;
                }
            }
            else if (instance.TryPost(message, out var drive))
            {
                return drive ? instance : null;
            }

            _live.Remove(instance);
        }

        Drop(key, message);
        return null;
    }

    private IEnumerable<Letter> Mail() => Reader.Mail().Select(
        static mail => Letter.Of(mail.Target, mail.Key, mail.Event, mail.Sequence));

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
