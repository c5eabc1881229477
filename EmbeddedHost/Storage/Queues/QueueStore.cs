using System.Text.Json;

namespace EmbeddedHost.Storage.Queues;

/// <summary>The queues of a data folder. Writes are works of their own (<see cref="QueueWork{T}"/>); here is what is read.</summary>
internal sealed class QueueStore(SqliteDatabase database, TimeProvider time)
{
    private const string MessageColumns = "id, text, inserted, expires, visible, dequeued, receipt";

    /// <summary>The file, which is that of the tables.</summary>
    public SqliteDatabase Database { get; } = database;

    /// <summary>Called on a committing thread with each queue whose messages have changed in a way that lets one be received, now or later.</summary>
    public Action<string>? OnChanged { get; set; }

    /// <summary>Now, in UTC ticks.</summary>
    public long Now => time.GetUtcNow().UtcTicks;

    /// <summary>When the next message that no function holds can be received; null: there is none.</summary>
    public long? NextVisible(string queue) => Database.Read(queue, static (session, queue) =>
    {
        // Held messages come last: they are visible at no time.
        using var rows = session
            .Prepare("SELECT min(visible) FROM messages WHERE queue = (SELECT id FROM queues WHERE name = ?1)").Bind(1, queue).Query();
        return rows.Read() && !rows.IsNull(0) && rows.GetInt64(0) != StoredMessage.Never ? rows.GetInt64(0) : (long?)null;
    });

    /// <summary>The first messages that can be received now.</summary>
    /// <exception cref="QueueRefusal">There is no such queue.</exception>
    public IReadOnlyList<StoredMessage> Peek(string queue, int count) => Database.Read((queue, count, Now), static (session, asked) =>
    {
        var messages = new List<StoredMessage>();
        using var rows = session
            .Prepare($"SELECT {MessageColumns} FROM messages WHERE queue = ?1 AND visible <= ?2 AND expires > ?2 ORDER BY visible, seq LIMIT ?3")
            .Bind(1, Id(session, asked.queue)).Bind(2, asked.Now).Bind(3, asked.count).Query();
        while (rows.Read())
        {
            messages.Add(Message(rows));
        }

        return messages;
    });

    /// <summary>A queue's metadata, and how many messages it has, hidden ones included.</summary>
    /// <exception cref="QueueRefusal">There is no such queue.</exception>
    public (IReadOnlyDictionary<string, string> Metadata, long Count) Properties(string queue) => Database.Read((queue, Now), static (session, asked) =>
    {
        var count = session.Prepare("SELECT count(*) FROM messages WHERE queue = ?1 AND expires > ?2")
            .Bind(1, Id(session, asked.queue)).Bind(2, asked.Now);
        using var counted = count.Query();
        _ = counted.Read();
        using var rows = session.Prepare("SELECT metadata FROM queues WHERE name = ?1").Bind(1, asked.queue).Query();
        return rows.Read() ? (Metadata(rows.GetString(0)), counted.GetInt64(0)) : throw QueueErrors.QueueNotFound(asked.queue);
    });

    /// <summary>Up to so many queues from a name on, by name, and the name that the next page begins with.</summary>
    public (IReadOnlyList<(string Name, IReadOnlyDictionary<string, string> Metadata)> Queues, string? Next) List(string prefix, string from, int size) =>
        Database.Read((prefix, from, size), static (session, asked) =>
        {
            var queues = new List<(string, IReadOnlyDictionary<string, string>)>();
            using var rows = session.Prepare("SELECT name, metadata FROM queues WHERE name >= ?1 AND substr(name, 1, ?2) = ?3 ORDER BY name")
                .Bind(1, asked.from).Bind(2, asked.prefix.Length).Bind(3, asked.prefix).Query();
            while (rows.Read())
            {
                if (queues.Count == asked.size)
                {
                    return (queues, rows.GetString(0));
                }

                queues.Add((rows.GetString(0), Metadata(rows.GetString(1))));
            }

            return ((IReadOnlyList<(string, IReadOnlyDictionary<string, string>)>)queues, (string?)null);
        });

    /// <summary>Whether a function held a message when the host last ended.</summary>
    public bool HasHeld() => Database.Read(0, static (session, _) =>
    {
        using var rows = session.Prepare("SELECT 1 FROM messages WHERE held = 1 LIMIT 1").Query();
        return rows.Read();
    });

    /// <summary>Whether there is the queue.</summary>
    public bool Has(string queue) => Database.Read(queue, static (session, queue) => FindId(session, queue) is not null);

    /// <summary>A queue's id; null: there is no such queue.</summary>
    public static long? FindId(SqliteSession session, string queue)
    {
        using var rows = session.Prepare("SELECT id FROM queues WHERE name = ?1").Bind(1, queue).Query();
        return rows.Read() ? rows.GetInt64(0) : null;
    }

    /// <summary>The message of a row of <see cref="MessageColumns"/>.</summary>
    public static StoredMessage Message(SqliteRows rows) => new(
        rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt32(5), rows.GetInt64(6));

    /// <summary>The stored form of metadata.</summary>
    public static string Metadata(IReadOnlyDictionary<string, string> metadata) => JsonSerializer.Serialize(metadata);

    private static Dictionary<string, string> Metadata(string stored) => JsonSerializer.Deserialize<Dictionary<string, string>>(stored)!;

    private static long Id(SqliteSession session, string queue) => FindId(session, queue) ?? throw QueueErrors.QueueNotFound(queue);
}
