using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Sagas;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>What a trip has taken, a row an effect, and its story: partition = the key of the trip's saga.</summary>
public sealed class TripStore(TableServiceClient tables)
{
    public const string Table = "Trips";

    private readonly TableClient _table = tables.GetTableClient(Table);

    public async Task<StepResult> TakeAsync(Trip trip, string effect, CancellationToken cancellation)
    {
        if (await _table.TryAddAsync(Row(trip, effect, "Taken"), cancellation))
        {
            return StepResult.Done;
        }

        // An earlier attempt took it, or its compensation came first.
        var earlier = (await _table.FindAsync(trip.Key, EffectKey(trip, effect), cancellation))!;
        return earlier.GetString("State") == "Taken" ? StepResult.Done : new StepResult(Refusal.AlreadyCompensated(effect, trip.Key));
    }

    public async Task<StepResult> GiveBackAsync(Trip trip, string effect, CancellationToken cancellation)
    {
        // Where nothing was taken, this row is the tombstone that refuses a late attempt.
        var returned = Row(trip, effect, "Returned");
        if (!await _table.TryAddAsync(returned, cancellation))
        {
            await _table.UpdateEntityAsync(returned, ETag.All, TableUpdateMode.Merge, cancellation);
        }

        return StepResult.Done;
    }

    /// <summary>Stores the story. The first one stands.</summary>
    public async Task<StepResult> StoreAsync(ReportToStore story, CancellationToken cancellation)
    {
        var row = new TableEntity(story.Key, "report") { ["Report"] = JsonSerializer.Serialize(story.Report, AppJson.Options) };
        _ = await _table.TryAddAsync(row, cancellation);
        return StepResult.Done;
    }

    /// <summary>The story, once the saga has ended.</summary>
    public async Task<SagaReport?> FindReportAsync(string key, CancellationToken cancellation) =>
        await _table.FindAsync(key, "report", cancellation) is { } row
            ? JsonSerializer.Deserialize<SagaReport>(row.GetString("Report"), AppJson.Options)
            : null;

    /// <summary>What the trip has taken and not given back.</summary>
    public async Task<IReadOnlyList<string>> ReadTakenAsync(string key, CancellationToken cancellation) =>
    [
        .. (await _table.ReadPartitionAsync(key, cancellation))
            .Where(static row => row.GetString("State") == "Taken")
            .Select(static row => row.GetString("Effect")).Order(StringComparer.Ordinal),
    ];

    private static TableEntity Row(Trip trip, string effect, string state) =>
        new(trip.Key, EffectKey(trip, effect)) { ["Effect"] = effect, ["State"] = state };

    private static string EffectKey(Trip trip, string effect) => EffectId.Of(trip.Key, effect, TripSaga.Generation).ToString();
}
