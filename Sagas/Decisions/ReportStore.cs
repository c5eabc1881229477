using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Sagas.Incidents;
using Sagas.Storage;

namespace Sagas.Decisions;

/// <summary>The stories of sagas that have ended, so that they outlive their instances: partition = the saga's key, row <c>report-{generation}</c>.</summary>
/// <remarks>What is read throws <see cref="UnreadableRowException"/> if a stored row is damaged.</remarks>
public sealed class ReportStore(TableServiceClient tables, TimeProvider time)
{
    private readonly TableClient _table = tables.GetTableClient(SagaTables.Reports);

    /// <summary>Stores a story. The first one stands: a saga that is run again adds nothing to it.</summary>
    internal Task StoreAsync(ReportToStore ended, CancellationToken cancellation) => _table.TryAddAsync(
        new TableEntity(ended.Key, RowKey(ended.Generation))
        {
            ["Report"] = JsonSerializer.Serialize(ended.Report, SagaJson.TypeOf<SagaReport>()),
            ["Outcome"] = ended.Report.Outcome?.ToString(),
            ["EndedAt"] = time.GetUtcNow(),
        },
        cancellation);

    /// <summary>A saga's story, or null if it has not ended.</summary>
    public async Task<SagaReport?> FindAsync(SagaId saga, CancellationToken cancellation) =>
        await _table.FindAsync(saga.Key, RowKey(saga.Generation), cancellation) is { } row ? row.Json("Report", SagaJson.StoredTypeOf<SagaReport>()) : null;

    private static string RowKey(int generation) => $"report-{generation}";
}

/// <summary>The last activity of a saga.</summary>
public sealed class ReportFunctions(ReportStore reports, CancelGate gate, IncidentStore incidents, SagaCatalog sagas)
{
    /// <summary>
    /// Stores a saga's story; refused if it says that the saga failed and a cancel was granted meanwhile. If the saga was committed
    /// and its pivot's activity did not end well, that is left as an incident, whose retry runs it again.
    /// </summary>
    [Function(SagaActivities.StoreReport)]
    public async Task<StepResult> StoreAsync([ActivityTrigger] ReportToStore ended, CancellationToken cancellation)
    {
        // The gate first: from then on no cancel is granted that the story would belie.
        if (ended.Report.Outcome == SagaOutcome.Failed && !await gate.TryFailAsync(ended.Saga, cancellation))
        {
            return new StepResult(Refusal.Cancelled);
        }

        await LookAfterPivotAsync(ended, cancellation);
        await reports.StoreAsync(ended, cancellation);
        return StepResult.Done;
    }

    private async Task LookAfterPivotAsync(ReportToStore ended, CancellationToken cancellation)
    {
        var pivot = sagas.OfKey(ended.Key)?.Steps.FirstOrDefault(static step => step.Kind == StepKind.Pivot)?.Name;
        if (pivot is not null && ended.Report.Outcome == SagaOutcome.Succeeded && !ended.Report.HasDone(pivot, scope: null))
        {
            var error = ended.Report.Steps.LastOrDefault(step => step.Name == pivot)?.Error;
            await incidents.OpenForPivotAsync(ended, pivot, $"The saga is committed, and its pivot did not end well: {error}", cancellation);
        }
    }
}
