namespace EmbeddedHost.Storage.Queues;

/// <summary>The queues' tables, which are in the file of the business tables.</summary>
internal static class QueueSchema
{
    /// <summary>The statements that create them.</summary>
    // AUTOINCREMENT: messages are in the order of their numbers, and a deleted queue's id never comes back.
    // Times are ticks, UTC. 'held' is 1 while a function of this host works on the message: nobody else sees it until then.
    public const string Script =
        """
        CREATE TABLE queues(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE,
          metadata TEXT NOT NULL);
        CREATE TABLE messages(
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          queue INTEGER NOT NULL,
          id TEXT NOT NULL UNIQUE,
          text TEXT NOT NULL,
          inserted INTEGER NOT NULL,
          expires INTEGER NOT NULL,
          visible INTEGER NOT NULL,
          dequeued INTEGER NOT NULL,
          receipt INTEGER NOT NULL,
          held INTEGER NOT NULL);
        CREATE INDEX messages_visible ON messages(queue, visible);
        CREATE INDEX messages_held ON messages(held) WHERE held = 1
        """;
}
