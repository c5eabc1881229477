using System.Text.Json;
using Azure.Data.Tables;
using Sagas.Storage;

namespace Sagas.Incidents;

/// <summary>What failed compensations leave undone, and notifications that could not be delivered: one row an incident, keyed by order and incident.</summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class IncidentStore(TableServiceClient tables, TimeProvider time)
{
    private const int LongestId = 200;
    private const string RetriesProperty = "Retries";

    // A property holds 32 K characters: some hundred notes, and at least four of the longest.
    private const int MostOfRetries = 30_000;
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Incidents);

    /// <summary>
    /// Opens an incident; one that is there already stays as it is, unless it was closed before this one came up, and by
    /// nobody in person: the same has happened again.
    /// </summary>
    /// <returns>Whether it was opened.</returns>
    public async Task<bool> OpenAsync(string orderId, IncidentToOpen opened, CancellationToken cancellation)
    {
        var row = new TableEntity(orderId, opened.Incident.Id)
        {
            ["Compensation"] = opened.Incident.Compensation,
            ["Scope"] = opened.Incident.Scope,
            ["Error"] = opened.Incident.Error,
            ["OpenedAt"] = opened.Incident.OpenedAt,
            ["Status"] = nameof(IncidentStatus.Open),
            ["Input"] = opened.Input.GetRawText(),
        };
        if (await _table.TryAddAsync(row, cancellation))
        {
            return true;
        }

        if (await _table.FindAsync(orderId, opened.Incident.Id, cancellation) is not { } earlier
            || !IsSolvedBefore(Read(earlier), opened.Incident))
        {
            return false;
        }

        row[RetriesProperty] = earlier.GetString(RetriesProperty);
        return await _table.TryReplaceAsync(row, earlier.ETag, cancellation);
    }

    /// <summary>Opens the incident of a saga that is committed, and whose pivot did not end well: its retry runs the pivot's activity again.</summary>
    /// <param name="ended">The saga, with its story.</param>
    /// <param name="pivot">The pivot's activity.</param>
    /// <param name="error">What went wrong.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public Task OpenForPivotAsync(ReportToStore ended, string pivot, string error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var incident = new Incident(Incident.IdOf(pivot, scope: null, ended.Generation), pivot, error, time.GetUtcNow());
        var notice = new SagaNotice(ended.Key, ended.Generation, SagaOutcome.Succeeded, Error: null) { Number = 1 };
        return OpenAsync(ended.Key, new IncidentToOpen(incident, JsonSerializer.SerializeToElement(notice, SagaJson.TypeOf<SagaNotice>())), cancellation);
    }

    /// <summary>Keeps who has an open incident tried again, beside who did before.</summary>
    /// <returns>False where there is none, or it is closed.</returns>
    internal Task<bool> TryKeepRetryAsync(string orderId, string incidentId, OperatorNote note, CancellationToken cancellation) =>
        TryChangeAsync(
            orderId,
            incidentId,
            incident => new TableEntity(orderId, incidentId)
            {
                [RetriesProperty] = WriteRetries([.. incident.Retries ?? [], StoredNote.Of(note.By, note.Reason, time.GetUtcNow())]),
            },
            cancellation);

    /// <summary>The incidents of an order, closed ones too.</summary>
    public async Task<IReadOnlyList<Incident>> ReadAsync(string orderId, CancellationToken cancellation) =>
        [.. (await _table.ReadPartitionAsync(orderId, cancellation)).Select(Read).OrderBy(incident => incident.OpenedAt)];

    /// <summary>An incident, with the input of its compensation; null where there is none.</summary>
    public async Task<(Incident Incident, string Input)?> FindAsync(string orderId, string incidentId, CancellationToken cancellation) =>
        SagaKey.IsKey(orderId) && IsId(incidentId) && await _table.FindAsync(orderId, incidentId, cancellation) is { } row
            ? (Read(row), row.GetString("Input"))
            : null;

    /// <summary>Whether a text can be an incident's id, and so a table key on both hosts.</summary>
    public static bool IsId(string text) =>
        text.Length is > 0 and <= LongestId && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The orders with an open incident, by id.</summary>
    public IAsyncEnumerable<string> ListOrderIdsAsync(PartitionRange range, CancellationToken cancellation) =>
        _table.ListPartitionsAsync(Filter(IncidentStatus.Open)!, range, cancellation);

    /// <summary>The incidents of all orders, by order and id.</summary>
    /// <param name="status">How they are to stand; null where that does not matter.</param>
    /// <param name="after">The incident after which to begin; null for the first.</param>
    /// <param name="unreadable">Takes those that cannot be read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public IAsyncEnumerable<QueuedIncident> ListAsync(
        IncidentStatus? status, (string OrderId, string Id)? after, UnreadableRows unreadable, CancellationToken cancellation)
    {
        var rest = after is var (orderId, id)
            ? TableClient.CreateQueryFilter($"PartitionKey gt {orderId} or (PartitionKey eq {orderId} and RowKey gt {id})")
            : null;
        return _table.QueryAsync<TableEntity>(TableScans.And(Filter(status), rest), cancellationToken: cancellation)
            .Select(row => unreadable.Skip(() => new QueuedIncident(row.PartitionKey, Read(row))))
            .OfType<QueuedIncident>();
    }

    /// <summary>Closes an incident.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="incidentId">The incident.</param>
    /// <param name="resolution">How it was dealt with.</param>
    /// <param name="by">By whom; empty where by nobody in person.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <returns>False where there is none, or it was closed before: that stands.</returns>
    public Task<bool> TryCloseAsync(string orderId, string incidentId, string resolution, string by, CancellationToken cancellation) =>
        TryChangeAsync(
            orderId,
            incidentId,
            _ => new TableEntity(orderId, incidentId)
            {
                ["Status"] = nameof(IncidentStatus.Closed),
                ["Resolution"] = resolution,
                ["ClosedBy"] = by,
                ["ClosedAt"] = time.GetUtcNow(),
            },
            cancellation);

    private async Task<bool> TryChangeAsync(
        string orderId, string incidentId, Func<Incident, TableEntity> change, CancellationToken cancellation)
    {
        while (await _table.FindAsync(orderId, incidentId, cancellation) is { } row && Read(row) is { Status: IncidentStatus.Open } incident)
        {
            if (await _table.TryMergeAsync(change(incident), row.ETag, cancellation))
            {
                return true;
            }

            cancellation.ThrowIfCancellationRequested();
        }

        return false;
    }

    private static string WriteRetries(IReadOnlyList<StoredNote> notes)
    {
        var text = JsonSerializer.Serialize(notes, SagaJson.TypeOf<IReadOnlyList<StoredNote>>());
        return text.Length <= MostOfRetries ? text : WriteRetries([.. notes.Skip(1)]);
    }

    private static IReadOnlyList<StoredNote>? ReadRetries(string? text) =>
        text is null ? null : JsonSerializer.Deserialize(text, SagaJson.TypeOf<IReadOnlyList<StoredNote>>());

    // Where the clock has been set back since it was closed, that it was opened at another time must do.
    private bool IsSolvedBefore(Incident earlier, Incident opened) =>
        earlier is { ClosedAt: { } closedAt, ClosedBy: null }
        && (closedAt < opened.OpenedAt || (closedAt > time.GetUtcNow() && earlier.OpenedAt != opened.OpenedAt));

    private static string? Filter(IncidentStatus? status) =>
        status is { } wanted ? TableClient.CreateQueryFilter($"Status eq {wanted.ToString()}") : null;

    private static Incident Read(TableEntity row) => new(
        row.RowKey, row.Text("Compensation"), row.Text("Error"), row.Time("OpenedAt"))
    {
        Scope = row.GetString("Scope"),
        Status = row.Choice<IncidentStatus>("Status"),
        Resolution = row.GetString("Resolution"),
        ClosedBy = row.GetString("ClosedBy") is { Length: > 0 } by ? by : null,
        ClosedAt = row.GetDateTimeOffset("ClosedAt"),
        Retries = ReadRetries(row.GetString(RetriesProperty)),
    };
}

/// <summary>An incident among those of all orders.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Incident">The incident.</param>
public sealed record QueuedIncident(string OrderId, Incident Incident);
