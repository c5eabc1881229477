using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Sagas;

/// <content>Backward recovery.</content>
public sealed partial class SagaRun
{
    /// <summary>
    /// Undoes what may have happened: the last first, the failed step's own before the others. What becomes of a
    /// compensation that fails for good is the policy's to say; nothing is swallowed.
    /// </summary>
    /// <param name="stopped">Why the saga goes backward.</param>
    public Task CompensateAsync(StepFailedException stopped)
    {
        ArgumentNullException.ThrowIfNull(stopped);
        _failure = stopped.Failure;
        if (_failure.Outcome == StepOutcome.Failed)
        {
            Logger().LogWarning("Saga {Key} goes backward: {Failure}", _key, _failure.Message);
        }

        return UndoAllAsync();
    }

    private SagaOutcome BackwardOutcome => _isCancelled ? SagaOutcome.Cancelled : SagaOutcome.Failed;

    private async Task UndoAllAsync()
    {
        while (_undos.TryPop(out var undo))
        {
            if (!await TryUndoAsync(undo) && _settings.OnCompensationFailure == CompensationPolicy.Stop)
            {
                await LeaveRestUndoneAsync();
            }
        }
    }

    private async Task<bool> TryUndoAsync(Undo undo)
    {
        if (undo.Input is FanOut fanOut)
        {
            // What fails there, its children have told, and opened incidents of.
            return await UndoChildrenAsync(undo, fanOut) is null;
        }

        var name = undo.Compensation.Name;
        if (await TryInStateAsync(undo) is not { } failure)
        {
            return true;
        }

        // That it could not be told is in the report, and changes nothing about the saga.
        var notice = undo.Compensation.FailureNotice;
        var told = $"{name}: {StepFailure.ForCallers(failure.Outcome, failure.Error)}";
        _ = await TryInStateAsync(notice, notice, Notice(SagaOutcome.Failed, told), _settings.ForFinal(notice));
        var incident = await OpenIncidentsAsync([LeaveUndone(undo, failure.Error)]);
        return _settings.OnCompensationFailure == CompensationPolicy.Park && await TryUndoWithHelpAsync(undo, incident, failure.Error);
    }

    private async Task<bool> TryUndoWithHelpAsync(Undo undo, Incident incident, string error)
    {
        try
        {
            return await UndoWithHelpAsync(undo, incident, error);
        }
        catch (StepFailedException gate)
        {
            // Not even the wait could be kept: the incident stays, and the other compensations run.
            Logger().LogError("Saga {Key} does not wait for an operator: {Failure}", _key, gate.Message);
            return false;
        }
    }

    private Task<StepFailure?> TryInStateAsync(Undo undo)
    {
        var name = undo.Compensation.Name;
        return TryInStateAsync(name, name, undo.Input, _settings.ForCompensation(undo.Compensation));
    }

    private async Task<bool> UndoWithHelpAsync(Undo undo, Incident incident, string? error)
    {
        while (error is not null)
        {
            if (await ParkAsync(undo.Compensation.Name, error, deadline: null, undo.Number == 1 ? null : undo.Number) == ParkDecision.Close)
            {
                // Done by hand: whoever says so has closed the incident.
                Close(incident);
                return true;
            }

            error = (await TryInStateAsync(undo))?.Error;
        }

        Close(incident);
        await TryCallFinalAsync(SagaActivities.CloseIncident, new IncidentToClose(_key, incident.Id, "The compensation succeeded when it was tried again."));
        return true;
    }

    private async Task LeaveRestUndoneAsync()
    {
        Undo[] left = [.. _undos.SelectMany(static undo => undo.Parts)];
        _undos.Clear();
        if (left.Length > 0)
        {
            _ = await OpenIncidentsAsync([.. left.Select(
                undo => LeaveUndone(undo, "Not run: the compensation of a later step failed, and the policy is Stop."))]);
        }
    }

    private IncidentToOpen LeaveUndone(Undo undo, string error) =>
        LeaveUndone(undo.Compensation.Name, undo.Input, error, undo.Number, undo.Scope);

    private IncidentToOpen LeaveUndone(string activity, object input, string error, int number, string? scope = null) =>
        new(_log.Open(activity, scope ?? _scope, _generation, number, error), AsJson(input));

    /// <summary>Opens incidents; returns the last one. Where that fails, it is tried again at the end, and they are still in the report.</summary>
    private async Task<Incident> OpenIncidentsAsync(IReadOnlyList<IncidentToOpen> opened)
    {
        if (await TryCallFinalAsync(SagaActivities.OpenIncidents, new IncidentsToOpen(_key, opened)) is not null)
        {
            _unopened.AddRange(opened);
        }

        return opened[^1].Incident;
    }

    /// <summary>Opens what could not be opened before: nobody can act on an incident that only the report has.</summary>
    private async Task OpenTheRestAsync()
    {
        if (_unopened.Count > 0)
        {
            _ = await TryCallFinalAsync(SagaActivities.OpenIncidents, new IncidentsToOpen(_key, [.. _unopened]));
            _unopened.Clear();
        }
    }

    private void Close(Incident incident)
    {
        _log.Close(incident);
        _ = _unopened.RemoveAll(opened => opened.Incident.Id == incident.Id);
    }

    private static JsonElement AsJson(object input) => JsonSerializer.SerializeToElement(input, input.GetType(), SagaJson.Options);
}
