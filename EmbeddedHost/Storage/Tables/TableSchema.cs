using EmbeddedHost.Storage.Pairing;
using EmbeddedHost.Storage.Queues;

namespace EmbeddedHost.Storage.Tables;

/// <summary>The tables' own tables.</summary>
internal static class TableSchema
{
    /// <summary>The number of this format, kept in the file: one of another number is not opened.</summary>
    public const int Version = 2;

    /// <summary>The statements that make it of a file of format 1, which has no queues.</summary>
    public const string Upgrade = QueueSchema.Script;

    /// <summary>The statements that create them.</summary>
    // AUTOINCREMENT: a deleted table's id never comes back. Properties are one blob: see PropertyWriter.
    // Entities lie in the order of insertion, with their keys in an index: WITHOUT ROWID, which keeps whole rows in
    // the keys' order, measured up to twice the CPU for an update.
    public const string Script = PairMark.Schema
        + """

        CREATE TABLE tables(
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL UNIQUE COLLATE NOCASE);
        CREATE TABLE entities(
          tbl INTEGER NOT NULL,
          pk TEXT NOT NULL,
          rk TEXT NOT NULL,
          ts INTEGER NOT NULL,
          props BLOB NOT NULL,
          UNIQUE(tbl, pk, rk));

        """
        + Upgrade;
}
