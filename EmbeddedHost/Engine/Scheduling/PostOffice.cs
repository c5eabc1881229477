using System.Collections.Concurrent;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>A message and the instance it is for; key 0 is whichever run has the id.</summary>
internal readonly record struct Letter(string Id, long Key, Message Message)
{
    /// <summary>A letter that is on disk until the instance has taken it.</summary>
    public static Letter Of(string id, long key, HistoryEvent e, long sequence) => new(id, key, new Message(e, sequence, key));

    /// <summary>Writes letters that were sent, and removes those that were taken in.</summary>
    public static void Write(SqliteSession session, List<Letter> sent, IReadOnlyList<long> taken)
    {
        foreach (var letter in sent)
        {
            HubWriter.InsertMail(session, letter.Message.MailSequence, letter.Id, letter.Key, letter.Message.Event!);
        }

        foreach (var sequence in taken)
        {
            HubWriter.DeleteMail(session, sequence);
        }
    }
}

/// <summary>
/// The way to instances, from others and from clients. One thread at a time puts letters into mailboxes, so that they arrive in the
/// order they were sent; their instances take them in on other threads.
/// </summary>
internal sealed class PostOffice(TaskHub hub) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<IReadOnlyList<Letter>> _queue = new();
    private int _waiting;

    /// <summary>Has the letters delivered soon. Those to one instance reach it together.</summary>
    public void Send(IReadOnlyList<Letter> letters)
    {
        if (letters.Count == 0)
        {
            return;
        }

        _queue.Enqueue(letters);
        if (Interlocked.Increment(ref _waiting) == 1)
        {
            hub.Scheduler.Queue(this);
        }
    }

    /// <inheritdoc />
    public void Execute()
    {
        do
        {
            if (_queue.TryDequeue(out var letters))
            {
                hub.DeliverTogether(letters);
            }
        }
        while (Interlocked.Decrement(ref _waiting) > 0);
    }
}
