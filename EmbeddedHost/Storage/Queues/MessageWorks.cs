namespace EmbeddedHost.Storage.Queues;

/// <summary>Sends messages, all or none.</summary>
internal sealed class SendWork(QueueStore store, IReadOnlyList<NewMessage> messages, bool createsQueues) : QueueWork<IReadOnlyList<StoredMessage>>(store)
{
    protected override IReadOnlyList<StoredMessage> Apply(SqliteSession session)
    {
        if (!createsQueues)
        {
            foreach (var message in messages)
            {
                _ = IdOf(session, message.Queue);
            }
        }

        return [.. messages.Select(message => Insert(session, message))];
    }

    private StoredMessage Insert(SqliteSession session, NewMessage message)
    {
        Changed(message.Queue);
        return MessageRows.Insert(session, message, Now);
    }
}

/// <summary>Receives up to so many messages; they are hidden for a time, or held for a function until it has ended.</summary>
/// <param name="store">The queues.</param>
/// <param name="queue">Which queue.</param>
/// <param name="count">How many at most.</param>
/// <param name="visibility">For how long they are hidden; null: a function of this host holds them.</param>
internal sealed class ReceiveWork(QueueStore store, string queue, int count, TimeSpan? visibility) : QueueWork<IReadOnlyList<StoredMessage>>(store)
{
    protected override IReadOnlyList<StoredMessage> Apply(SqliteSession session)
    {
        var now = Now;
        var visible = visibility is { } hidden ? now + hidden.Ticks : StoredMessage.Never;
        var received = new List<StoredMessage>();
        foreach (var message in Visible(session, now))
        {
            var taken = message with { Visible = visible, Dequeued = message.Dequeued + 1, Receipt = message.Receipt + 1 };
            _ = session.Prepare("UPDATE messages SET visible = ?2, dequeued = ?3, receipt = ?4, held = ?5 WHERE id = ?1")
                .Bind(1, taken.Id).Bind(2, taken.Visible).Bind(3, taken.Dequeued).Bind(4, taken.Receipt).Bind(5, visibility is null ? 1 : 0).Execute();
            received.Add(taken);
        }

        if (received.Count > 0 && visibility is not null)
        {
            Changed(queue);
        }

        return received;
    }

    /// <summary>The first of those that are visible; what has expired on the way is deleted.</summary>
    private List<StoredMessage> Visible(SqliteSession session, long now)
    {
        var found = new List<StoredMessage>();
        var expired = new List<string>();
        using (var rows = session
            .Prepare("SELECT id, text, inserted, expires, visible, dequeued, receipt FROM messages WHERE queue = ?1 AND visible <= ?2 ORDER BY visible, seq")
            .Bind(1, IdOf(session, queue)).Bind(2, now).Query())
        {
            while (found.Count < count && rows.Read())
            {
                var message = QueueStore.Message(rows);
                if (message.Expires > now)
                {
                    found.Add(message);
                }
                else
                {
                    expired.Add(message.Id);
                }
            }
        }

        expired.ForEach(id => session.Prepare("DELETE FROM messages WHERE id = ?1").Bind(1, id).Execute());
        return found;
    }
}

/// <summary>Changes a received message: its text, where one is given, and for how long it is still hidden.</summary>
internal sealed class UpdateMessageWork(QueueStore store, string queue, string id, string popReceipt, string? text, TimeSpan delay)
    : QueueWork<StoredMessage>(store)
{
    protected override StoredMessage Apply(SqliteSession session)
    {
        var now = Now;
        var message = MessageRows.Received(session, queue, id, popReceipt, now);
        Changed(queue);
        var updated = message with { Text = text ?? message.Text, Visible = now + delay.Ticks, Receipt = message.Receipt + 1 };
        _ = session.Prepare("UPDATE messages SET text = ?2, visible = ?3, receipt = ?4, held = 0 WHERE id = ?1")
            .Bind(1, id).Bind(2, updated.Text).Bind(3, updated.Visible).Bind(4, updated.Receipt).Execute();
        return updated;
    }
}

/// <summary>Deletes a received message.</summary>
internal sealed class DeleteMessageWork(QueueStore store, string queue, string id, string popReceipt) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session)
    {
        _ = MessageRows.Received(session, queue, id, popReceipt, Now);
        return session.Prepare("DELETE FROM messages WHERE id = ?1").Bind(1, id).Execute() > 0;
    }
}

/// <summary>Rows of messages, inside a transaction.</summary>
internal static class MessageRows
{
    /// <summary>Inserts a message; a queue that is missing is created.</summary>
    public static StoredMessage Insert(SqliteSession session, NewMessage message, long now)
    {
        _ = session.Prepare("INSERT INTO queues(name, metadata) VALUES (?1, '{}') ON CONFLICT DO NOTHING").Bind(1, message.Queue).Execute();
        var expires = message.TimeToLive is { } time ? now + time.Ticks : StoredMessage.Never;
        var stored = new StoredMessage(message.Id, message.Text, now, expires, now + message.Delay.Ticks, Dequeued: 0, Receipt: 1);
        _ = session
            .Prepare("INSERT INTO messages(queue, id, text, inserted, expires, visible, dequeued, receipt, held) "
                + "VALUES ((SELECT id FROM queues WHERE name = ?1), ?2, ?3, ?4, ?5, ?6, 0, 1, 0)")
            .Bind(1, message.Queue).Bind(2, stored.Id).Bind(3, stored.Text).Bind(4, now).Bind(5, expires).Bind(6, stored.Visible).Execute();
        return stored;
    }

    /// <summary>A message that its receiver still has.</summary>
    /// <exception cref="QueueRefusal">The queue or the message is not there (any more), or was received since.</exception>
    public static StoredMessage Received(SqliteSession session, string queue, string id, string popReceipt, long now)
    {
        var owner = QueueStore.FindId(session, queue) ?? throw QueueErrors.QueueNotFound(queue);
        using var rows = session
            .Prepare("SELECT id, text, inserted, expires, visible, dequeued, receipt FROM messages WHERE id = ?1 AND queue = ?2 AND expires > ?3")
            .Bind(1, id).Bind(2, owner).Bind(3, now).Query();
        var message = rows.Read() ? QueueStore.Message(rows) : throw QueueErrors.MessageNotFound(id);
        return message.PopReceipt == popReceipt ? message : throw QueueErrors.PopReceiptMismatch(id);
    }
}
