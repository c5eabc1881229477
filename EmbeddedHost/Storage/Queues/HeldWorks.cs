namespace EmbeddedHost.Storage.Queues;

/// <summary>
/// A function has worked on a message that it held: deletes it, and sends what the function has sent. False: the message was not
/// its any more, because it was deleted or updated by somebody else, the function itself included; what was sent is sent.
/// </summary>
internal sealed class CompleteWork(QueueStore store, StoredMessage message, IReadOnlyList<NewMessage> outputs) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session)
    {
        foreach (var output in outputs)
        {
            _ = MessageRows.Insert(session, output, Now);
            Changed(output.Queue);
        }

        return session.Prepare("DELETE FROM messages WHERE id = ?1 AND receipt = ?2").Bind(1, message.Id).Bind(2, message.Receipt).Execute() > 0;
    }
}

/// <summary>Gives a message back that a function held; it is visible again after a time.</summary>
internal sealed class ReleaseWork(QueueStore store, string queue, StoredMessage message, TimeSpan delay) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session)
    {
        Changed(queue);
        return session.Prepare("UPDATE messages SET visible = ?3, held = 0 WHERE id = ?1 AND receipt = ?2")
            .Bind(1, message.Id).Bind(2, message.Receipt).Bind(3, Now + delay.Ticks).Execute() > 0;
    }
}

/// <summary>Gives a message back that a function held, as if it had not been received: nobody is woken for it.</summary>
internal sealed class ReturnWork(QueueStore store, StoredMessage message) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session) =>
        session.Prepare("UPDATE messages SET visible = ?3, held = 0, dequeued = dequeued - 1 WHERE id = ?1 AND receipt = ?2")
            .Bind(1, message.Id).Bind(2, message.Receipt).Bind(3, Now).Execute() > 0;
}

/// <summary>Moves a message that a function held to another queue, as a new one there. False: it was not the function's any more.</summary>
internal sealed class MoveWork(QueueStore store, StoredMessage message, string to) : QueueWork<bool>(store)
{
    private readonly NewMessage _moved = new(to, message.Text);

    protected override bool Apply(SqliteSession session)
    {
        if (session.Prepare("DELETE FROM messages WHERE id = ?1 AND receipt = ?2").Bind(1, message.Id).Bind(2, message.Receipt).Execute() == 0)
        {
            return false;
        }

        _ = MessageRows.Insert(session, _moved, Now);
        Changed(to);
        return true;
    }
}

/// <summary>Gives back what functions held when the host last ended: nobody works on it any more.</summary>
internal sealed class ReleaseAllWork(QueueStore store) : QueueWork<int>(store)
{
    protected override int Apply(SqliteSession session) =>
        session.Prepare("UPDATE messages SET visible = ?1, held = 0 WHERE held = 1").Bind(1, Now).Execute();
}
