namespace EmbeddedHost.Storage.Pairing;

/// <summary>What a database says of itself and of its partner: one row, written with each commit.</summary>
/// <param name="Run">The start that it last took part in: both files of a pair name the same one.</param>
/// <param name="Started">When that was, in UTC ticks.</param>
/// <param name="Before">The partner's run until a start that is not finished yet; null: the start is finished.</param>
/// <param name="Commits">How often it was committed to.</param>
/// <param name="PartnerCommits">How many commits of the partner were on disk when it was last committed to.</param>
/// <param name="DataFormat">The number of the app's data format.</param>
internal sealed record PairMark(string Run, long Started, string? Before, long Commits, long PartnerCommits, int DataFormat)
{
    /// <summary>Creates the row in a new database.</summary>
    public const string Schema =
        """
        CREATE TABLE pair (
          run TEXT NOT NULL,
          started INTEGER NOT NULL,
          before TEXT,
          commits INTEGER NOT NULL,
          partner_commits INTEGER NOT NULL,
          data_format INTEGER NOT NULL
        );
        INSERT INTO pair VALUES ('new', 0, NULL, 0, 0, 0);
        """;

    private static readonly PairMark New = new("new", 0, Before: null, 0, 0, 0);

    /// <summary>Whether the database has never been started with a partner.</summary>
    public bool IsNew => Run == New.Run;

    /// <summary>Reads the row; an empty file has that of a new database.</summary>
    public static PairMark Read(SqliteSession session)
    {
        if (SqliteFile.IsEmpty(session))
        {
            return New;
        }

        using var rows = session.Prepare("SELECT run, started, before, commits, partner_commits, data_format FROM pair").Query();
        return rows.Read()
            ? new PairMark(
                rows.GetString(0), rows.GetInt64(1), rows.IsNull(2) ? null : rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt32(5))
            : New;
    }

    /// <summary>Writes the row, inside a transaction.</summary>
    public void WriteTo(SqliteSession session) =>
        _ = session
            .Prepare("UPDATE pair SET run = ?1, started = ?2, before = ?3, commits = ?4, partner_commits = ?5, data_format = ?6")
            .Bind(1, Run).Bind(2, Started).Bind(3, Before).Bind(4, Commits).Bind(5, PartnerCommits).Bind(6, DataFormat).Execute();
}
