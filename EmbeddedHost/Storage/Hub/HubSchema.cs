namespace EmbeddedHost.Storage.Hub;

/// <summary>The task hub's tables.</summary>
/// <remarks>
/// Everything is keyed by an integer that grows with each new instance, so that inserts append. What can be large is
/// written once (input, outcome, turns) or apart from what changes each turn (custom status).
/// </remarks>
internal static class HubSchema
{
    /// <summary>Statements that create what is missing.</summary>
    public const string Script =
        """
        -- What an instance was started with.
        CREATE TABLE IF NOT EXISTS instances (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          created INTEGER NOT NULL,   -- UTC ticks
          parent INTEGER,             -- the parent's key
          parent_task INTEGER,        -- the action of the parent that waits
          trace TEXT,                 -- W3C traceparent of whoever started it
          input BLOB
        );
        CREATE INDEX IF NOT EXISTS instances_parent ON instances (parent) WHERE parent IS NOT NULL;

        -- Where it stands: one small row, updated each turn.
        CREATE TABLE IF NOT EXISTS status (
          key INTEGER PRIMARY KEY,
          state INTEGER NOT NULL,     -- OrchestrationRuntimeStatus
          updated INTEGER NOT NULL,   -- UTC ticks
          wake_at INTEGER,            -- UTC ticks of the earliest timer
          open_tasks INTEGER NOT NULL -- activities and sub-orchestrations under way
        );
        CREATE INDEX IF NOT EXISTS status_active ON status (key) WHERE state IN (0, 6, 7);

        CREATE TABLE IF NOT EXISTS custom_status (key INTEGER PRIMARY KEY, value BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS outcomes (key INTEGER PRIMARY KEY, output BLOB, failure BLOB);

        -- One row a commit of an instance: the turns it carries (HistoryCodec).
        CREATE TABLE IF NOT EXISTS history (seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL, turns BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS history_instance ON history (instance);

        -- Events sent by one instance to another and not yet in the other's history.
        CREATE TABLE IF NOT EXISTS mail (seq INTEGER PRIMARY KEY, target TEXT NOT NULL, event BLOB NOT NULL);
        """;
}
