using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Incidents;

namespace Sagas.Operations;

/// <summary>What operators do about incidents, over HTTP.</summary>
public sealed class IncidentApi(
    IncidentStore incidents, ParkedSagas parked, IEnumerable<ISagaInstances> instances, IEnumerable<IIncidentCause> causes, IOptions<SagaOptions> options)
{
    // Closed by nobody is what has succeeded; done by hand it was by somebody, also where that is not said.
    private const string Unnamed = "operator";

    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <summary>Has the compensation run again: in its saga where that waits for it, else on its own.</summary>
    [Function("RetryIncident")]
    public async Task<HttpResponseData> RetryAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "incidents/{orderId}/{incidentId}/retry")] HttpRequestData request,
        string orderId,
        string incidentId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNotes.ReadAsync(request, needsReason: false, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await incidents.FindAsync(orderId, incidentId, cancellation) is not { } found)
        {
            return await UnknownAsync(request, orderId, incidentId);
        }

        if (found.Incident.Status == IncidentStatus.Closed)
        {
            return await ClosedAsync(request, found.Incident);
        }

        if (FindCause(found.Incident)?.WhyNotRetried(found.Incident) is { } reason)
        {
            return await request.ConflictAsync(Problem.NotRetriable, "Not to be retried", $"{reason} Nothing was done.");
        }

        var isOpen = await incidents.TryKeepRetryAsync(orderId, incidentId, note, cancellation);
        var incident = (await incidents.FindAsync(orderId, incidentId, cancellation))!.Value.Incident;
        if (!isOpen)
        {
            return await ClosedAsync(request, incident);
        }

        var saga = await FindSagaAsync(orderId, cancellation);
        if (await parked.DecideAsync(client, saga, incident, ParkDecision.Retry, note, cancellation) is not ParkAnswer.Decided)
        {
            await RedriveAsync(client, orderId, incident, found.Input, cancellation);
        }

        return await request.AnswerAsync(HttpStatusCode.Accepted, incident);
    }

    /// <summary>Closes an incident that was dealt with by hand; a saga that waits for it, or a notification, goes on.</summary>
    [Function("CloseIncidentByHand")]
    public async Task<HttpResponseData> CloseAsync(
        [HttpTrigger(Roles.Operate, "post", Route = "incidents/{orderId}/{incidentId}/close")] HttpRequestData request,
        string orderId,
        string incidentId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNotes.ReadAsync(request, needsReason: true, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await incidents.FindAsync(orderId, incidentId, cancellation) is not { } found)
        {
            return await UnknownAsync(request, orderId, incidentId);
        }

        var by = note.By.Length > 0 ? note.By : Unnamed;
        var isClosed = await incidents.TryCloseAsync(orderId, incidentId, note.Reason, by, cancellation);
        if (FindCause(found.Incident) is { } cause)
        {
            await cause.ClosedByHandAsync(client, found.Input, cancellation);
        }
        else
        {
            var saga = await FindSagaAsync(orderId, cancellation);
            _ = await parked.DecideAsync(client, saga, found.Incident, ParkDecision.Close, note with { By = by }, cancellation);
        }

        var now = (await incidents.FindAsync(orderId, incidentId, cancellation))!.Value.Incident;
        return isClosed ? await request.AnswerAsync(HttpStatusCode.OK, now) : await ClosedAsync(request, now);
    }

    private IIncidentCause? FindCause(Incident incident) => causes.FirstOrDefault(cause => cause.Name == incident.Compensation);

    // Most run under their key.
    private async Task<SagaInstance> FindSagaAsync(string key, CancellationToken cancellation)
    {
        foreach (var known in instances)
        {
            if (await known.FindAsync(key, cancellation) is { } saga)
            {
                return saga;
            }
        }

        return new SagaInstance(key, key);
    }

    private async Task RedriveAsync(DurableTaskClient client, string orderId, Incident incident, string input, CancellationToken cancellation)
    {
        var instanceId = SagaKey.ToInstanceId($"redrive-{orderId}-{incident.Id}");
        if (await client.RunsAsync(instanceId, cancellation))
        {
            return;
        }

        using var json = JsonDocument.Parse(input);
        _ = await client.TryStartAsync(
            nameof(RedriveCompensation),
            new RedriveInput(orderId, incident.Id, incident.Compensation, json.RootElement.Clone(), _settings.ForFinal(incident.Compensation)),
            instanceId,
            cancellation);
    }

    private static Task<HttpResponseData> UnknownAsync(HttpRequestData request, string orderId, string incidentId) =>
        request.AnswerAsync(new Problem(
            Problem.UnknownIncident, "Unknown incident", (int)HttpStatusCode.NotFound, $"There is no incident '{incidentId}' of '{orderId}'."));

    private static Task<HttpResponseData> ClosedAsync(HttpRequestData request, Incident incident) => request.ConflictAsync(
        Problem.IncidentClosed, "Incident closed", $"Incident '{incident.Id}' was closed at {incident.ClosedAt:O}: {incident.Resolution} Nothing was done.");
}
