namespace EmbeddedHost.Storage.Queues;

/// <summary>A write to the queues. A refusal is found while it writes, and thrown to its caller after the commit.</summary>
internal abstract class QueueWork<T>(QueueStore store) : AnsweredWork<T>(store.Database.Committer)
{
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);
    private QueueRefusal? _refusal;
    private T? _result;

    protected long Now => store.Now;

    public sealed override void Write(SqliteSession session)
    {
        _changed.Clear();
        _refusal = null;
        try
        {
            _result = Apply(session);
        }
        catch (QueueRefusal refusal)
        {
            // What a refused work has written is nothing: each looks before it writes.
            _refusal = refusal;
        }
    }

    public override void OnCommitted()
    {
        foreach (var queue in _changed)
        {
            store.OnChanged?.Invoke(queue);
        }
    }

    /// <summary>Writes; refuses before anything is written.</summary>
    /// <exception cref="QueueRefusal">The service would refuse it.</exception>
    protected abstract T Apply(SqliteSession session);

    /// <summary>Notes that a message of the queue can be received, now or later.</summary>
    protected void Changed(string queue) => _changed.Add(queue);

    protected static long IdOf(SqliteSession session, string queue) => QueueStore.FindId(session, queue) ?? throw QueueErrors.QueueNotFound(queue);

    protected override T Committed() => _refusal is null ? _result! : throw _refusal;

    protected override Exception Failed(Exception error) => QueueErrors.Storage(error);
}

/// <summary>Creates a queue. True: it is new; one that exists with the same metadata is left as it is.</summary>
internal sealed class CreateQueueWork(QueueStore store, string queue, IReadOnlyDictionary<string, string> metadata) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session)
    {
        var stored = QueueStore.Metadata(metadata);
        if (session.Prepare("INSERT INTO queues(name, metadata) VALUES (?1, ?2) ON CONFLICT DO NOTHING").Bind(1, queue).Bind(2, stored).Execute() > 0)
        {
            return true;
        }

        using var same = session.Prepare("SELECT 1 FROM queues WHERE name = ?1 AND metadata = ?2").Bind(1, queue).Bind(2, stored).Query();
        return same.Read() ? false : throw QueueErrors.QueueAlreadyExists(queue);
    }
}

/// <summary>Deletes a queue with its messages, or its messages alone.</summary>
internal sealed class DeleteQueueWork(QueueStore store, string queue, bool messagesOnly) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session)
    {
        var id = IdOf(session, queue);
        _ = session.Prepare("DELETE FROM messages WHERE queue = ?1").Bind(1, id).Execute();
        return messagesOnly || session.Prepare("DELETE FROM queues WHERE id = ?1").Bind(1, id).Execute() > 0;
    }
}

/// <summary>Replaces a queue's metadata.</summary>
internal sealed class SetMetadataWork(QueueStore store, string queue, IReadOnlyDictionary<string, string> metadata) : QueueWork<bool>(store)
{
    protected override bool Apply(SqliteSession session) =>
        session.Prepare("UPDATE queues SET metadata = ?2 WHERE id = ?1")
            .Bind(1, IdOf(session, queue)).Bind(2, QueueStore.Metadata(metadata)).Execute() > 0;
}
