using System.Globalization;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Claims;

/// <summary>
/// The rows of a saga's partition of the index. An entry has the saga's key as its own; the others begin with a character that
/// no key has and that sorts after all that keys have, so that entries are one range.
/// </summary>
internal static class IndexRows
{
    public const string At = "At";
    public const string IsBegun = "IsBegun";

    /// <summary>The key of the row with the counts.</summary>
    public const string Counts = Other + "counts";

    private const string Other = "~";
    private const string EndedPrefix = Other + "ended.";
    private const string Generation = "Generation";
    private const string Id = "Id";
    private const string Outcome = "Outcome";
    private const string Replaces = "Replaces";

    /// <summary>The filter of a saga's entries.</summary>
    public static string EntriesOf(string saga) => TableClient.CreateQueryFilter($"PartitionKey eq {saga} and RowKey lt {Other}");

    /// <summary>The filter of the ends that are not in the counts yet: they are the last rows.</summary>
    public static string EndsOf(string saga) => TableClient.CreateQueryFilter($"PartitionKey eq {saga} and RowKey ge {EndedPrefix}");

    public static TableEntity Write(string saga, OpenSaga entry) => new(saga, entry.Key)
    {
        [At] = entry.At,
        [IsBegun] = entry.IsBegun,
        [Generation] = entry.Generation,
        [Id] = entry.Id,
        [Replaces] = entry.Replaces?.ToString(),
    };

    // The properties but the first are missing in rows of earlier versions.
    public static OpenSaga Read(TableEntity row) => new(row.RowKey, row.Time(At))
    {
        IsBegun = row.GetBoolean(IsBegun) ?? false,
        Generation = row.GetInt32(Generation) ?? 1,
        Id = row.GetString(Id),
        Replaces = row.GetString(Replaces) is null ? null : row.Choice<SagaOutcome>(Replaces),
        ETag = row.ETag,
    };

    public static TableEntity Ended(string saga, OpenSaga entry, SagaOutcome outcome) => new(saga, EndedKey(entry))
    {
        [Outcome] = outcome.ToString(),
        [Replaces] = entry.Replaces?.ToString(),
    };

    /// <summary>The key of the row that counts a saga's end.</summary>
    public static string EndedKey(OpenSaga entry) => string.Create(CultureInfo.InvariantCulture, $"{EndedPrefix}{entry.Key}.{entry.Generation}");

    public static SagaEnd ReadEnded(TableEntity row) =>
        new(row.RowKey, row.Choice<SagaOutcome>(Outcome), row.GetString(Replaces) is null ? null : row.Choice<SagaOutcome>(Replaces));

    public static TableEntity WriteCounts(string saga, IReadOnlyDictionary<SagaOutcome, long> counts)
    {
        var row = new TableEntity(saga, Counts);
        foreach (var outcome in Enum.GetValues<SagaOutcome>())
        {
            row[outcome.ToString()] = counts.GetValueOrDefault(outcome);
        }

        return row;
    }

    public static Dictionary<SagaOutcome, long> ReadCounts(TableEntity? row) =>
        Enum.GetValues<SagaOutcome>().ToDictionary(static outcome => outcome, outcome => row?.WholeLong(outcome.ToString()) ?? 0);
}

/// <summary>An end that is not in the counts yet.</summary>
/// <param name="RowKey">The row's key.</param>
/// <param name="Outcome">How the saga ended.</param>
/// <param name="Replaces">The outcome that was counted for its key before.</param>
internal sealed record SagaEnd(string RowKey, SagaOutcome Outcome, SagaOutcome? Replaces)
{
    /// <summary>Adds it to counts.</summary>
    public void AddTo(Dictionary<SagaOutcome, long> counts)
    {
        counts[Outcome] = counts.GetValueOrDefault(Outcome) + 1;
        if (Replaces is { } replaced)
        {
            counts[replaced] = counts.GetValueOrDefault(replaced) - 1;
        }
    }
}
