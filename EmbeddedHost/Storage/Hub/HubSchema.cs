using EmbeddedHost.Storage.Pairing;

namespace EmbeddedHost.Storage.Hub;

/// <summary>The task hub's tables.</summary>
/// <remarks>
/// Everything is keyed by an integer that grows with each new instance, so that inserts append. What can be large is
/// written once (input, outcome, turns) or apart from what changes each turn (custom status).
/// </remarks>
internal static class HubSchema
{
    /// <summary>The number of this format, kept in the file: one of another number is not opened.</summary>
    public const int Version = 4;

    /// <summary>The statements that make it of a file of format 3, which has no entities and no timer functions.</summary>
    public const string Upgrade =
        """
        -- A row for each entity that has a state or is locked, written once a batch of its operations.
        -- What it has not taken in yet is in the mail.
        CREATE TABLE entities (
          id TEXT PRIMARY KEY,        -- @name@key
          updated INTEGER NOT NULL,   -- UTC ticks
          locked_by TEXT,             -- the id of the orchestration in whose critical section it is
          state BLOB
        );

        -- When each timer function has run, and runs next.
        CREATE TABLE timers (
          name TEXT PRIMARY KEY,
          last INTEGER NOT NULL,      -- UTC ticks; 0: never
          next INTEGER NOT NULL,
          updated INTEGER NOT NULL    -- from when on the next one was looked for
        );
        """;

    /// <summary>The statements that create the tables.</summary>
    public const string Script = PairMark.Schema
        + """

        -- What an instance was started with.
        CREATE TABLE instances (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          name TEXT NOT NULL,
          created INTEGER NOT NULL,   -- UTC ticks
          parent INTEGER,             -- the parent's key, and who it was: it may be purged first
          parent_id TEXT,
          parent_name TEXT,
          parent_task INTEGER,        -- the action of the parent that waits
          version TEXT,
          tags TEXT,                  -- a JSON object of texts
          trace TEXT,                 -- W3C traceparent of what started it
          input BLOB
        );
        CREATE INDEX instances_parent ON instances (parent) WHERE parent IS NOT NULL;

        -- Where it stands: one small row, updated each turn.
        CREATE TABLE status (
          key INTEGER PRIMARY KEY,
          state INTEGER NOT NULL,     -- OrchestrationRuntimeStatus
          updated INTEGER NOT NULL,   -- UTC ticks
          wake_at INTEGER,            -- UTC ticks of the earliest timer
          open_tasks INTEGER NOT NULL -- activities and sub-orchestrations under way
        );
        CREATE INDEX status_active ON status (key) WHERE state IN (0, 6, 7);

        CREATE TABLE custom_status (key INTEGER PRIMARY KEY, value BLOB NOT NULL);
        CREATE TABLE outcomes (key INTEGER PRIMARY KEY, output BLOB, failure BLOB);

        -- One row a commit of an instance: the turns it carries (HistoryCodec).
        CREATE TABLE history (seq INTEGER PRIMARY KEY, instance INTEGER NOT NULL, turns BLOB NOT NULL);
        CREATE INDEX history_instance ON history (instance);

        -- Events sent by one instance to another and not yet in the other's history.
        -- A rewound instance gets what it had taken in too late this way, too: that is for one run of the id only.
        CREATE TABLE mail (
          seq INTEGER PRIMARY KEY,
          target TEXT NOT NULL,
          instance INTEGER NOT NULL,  -- the run's key; 0 is whichever has the id
          event BLOB NOT NULL
        );

        """
        + Upgrade;
}
