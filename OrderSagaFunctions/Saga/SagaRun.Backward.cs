using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Saga;

/// <content>Backward recovery.</content>
internal sealed partial class SagaRun
{
    /// <summary>
    /// Undoes what may have happened: the last first, the failed step's own before the others. What becomes of a
    /// compensation that fails for good is the policy's to say; nothing is swallowed.
    /// </summary>
    /// <returns>How the saga ends.</returns>
    public async Task<SagaOutcome> CompensateAsync(StepFailedException failure)
    {
        if (failure.Outcome == StepOutcome.Failed)
        {
            Logger().LogWarning("Order {OrderId} goes backward: {Failure}", _orderId, failure.Message);
        }

        while (_undos.TryPop(out var undo))
        {
            if (!await TryUndoAsync(undo) && _settings.OnCompensationFailure == CompensationPolicy.Stop)
            {
                await LeaveRestUndoneAsync();
            }
        }

        return _isCancelled ? SagaOutcome.Cancelled : SagaOutcome.Failed;
    }

    private async Task<bool> TryUndoAsync(Undo undo)
    {
        var name = undo.Compensation.Name;
        if (await TryInStateAsync(name, undo.Input) is not { } error)
        {
            return true;
        }

        _ = await TellAsync(undo.Compensation.FailureNotice, SagaOutcome.Failed, $"{name}: {error}");
        var incident = await OpenIncidentsAsync([undo], error);
        return _settings.OnCompensationFailure == CompensationPolicy.Park && await UndoWithHelpAsync(undo, incident, error);
    }

    private async Task<bool> UndoWithHelpAsync(Undo undo, Incident incident, string? error)
    {
        while (error is not null)
        {
            if (await ParkAsync(undo.Compensation.Name, error, deadline: null) == Parking.ParkDecision.Close)
            {
                // Done by hand: whoever says so has closed the incident.
                _log.Close(incident);
                return true;
            }

            error = await TryInStateAsync(undo.Compensation.Name, undo.Input);
        }

        _log.Close(incident);
        await TryCallAsync(SagaActivities.CloseIncident, new IncidentToClose(_orderId, incident.Id, "The compensation succeeded when it was tried again."));
        return true;
    }

    private async Task LeaveRestUndoneAsync()
    {
        Undo[] left = [.. _undos];
        _undos.Clear();
        if (left.Length > 0)
        {
            _ = await OpenIncidentsAsync(left, "Not run: the compensation of a later step failed, and the policy is Stop.");
        }
    }

    /// <summary>Opens an incident for each; returns the last one's. Where even this fails, they are still in the report.</summary>
    private async Task<Incident> OpenIncidentsAsync(IEnumerable<Undo> undone, string error)
    {
        IncidentToOpen[] opened = [.. undone.Select(undo => new IncidentToOpen(
            _log.Open(undo.Compensation.Name, _generation, error), JsonSerializer.SerializeToElement(undo.Input, undo.Input.GetType(), AppJson.Options)))];
        _ = await TryCallAsync(SagaActivities.OpenIncidents, new IncidentsToOpen(_orderId, opened));
        return opened[^1].Incident;
    }
}
