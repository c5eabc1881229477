using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Incidents;
using Sagas.Storage;

namespace Sagas.Operations;

/// <summary>The incidents of all orders over HTTP.</summary>
public sealed class IncidentsApi(IncidentStore incidents, LongReads reads)
{
    /// <summary>Lists incidents, the open ones unless asked otherwise, by order and id, a page at a time.</summary>
    [Function("ListIncidents")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(Roles.Operate, "get", Route = "incidents")] HttpRequestData request,
        CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        IncidentStatus? status = query.Choice<IncidentFilter>("status") switch
        {
            IncidentFilter.All => null,
            IncidentFilter.Closed => IncidentStatus.Closed,
            _ => IncidentStatus.Open,
        };
        var (top, after) = (query.Top(), query.Continuation(SagaKey.IsKey, IncidentStore.IsId));
        query.RefuseOthers();
        return errors.Count > 0
            ? await request.RefuseAsync(errors)
            : await request.AnswerAsync(HttpStatusCode.OK, await reads.RunAsync("incidents", () => ReadAsync(status, top, after, cancellation), cancellation));
    }

    private async Task<IncidentPage> ReadAsync(IncidentStatus? status, int top, string[]? after, CancellationToken cancellation)
    {
        // One more than the page holds tells that another page follows.
        var unreadable = new UnreadableRows();
        var found = await incidents.ListAsync(status, after is [var orderId, var id] ? (orderId, id) : null, unreadable, cancellation)
            .Take(top + 1)
            .ToListAsync(cancellation);
        if (found.Count <= top)
        {
            return new IncidentPage(found, ContinuationToken: null, unreadable.Found);
        }

        found.RemoveAt(top);
        return new IncidentPage(found, PageToken.Write(found[^1].OrderId, found[^1].Incident.Id), unreadable.Found);
    }
}

/// <summary>Which incidents are listed.</summary>
public enum IncidentFilter
{
    /// <summary>Those that somebody has to deal with.</summary>
    Open,

    /// <summary>Those that are dealt with.</summary>
    Closed,

    /// <summary>Both.</summary>
    All,
}

/// <summary>A page of incidents, by order and id.</summary>
/// <param name="Incidents">The incidents.</param>
/// <param name="ContinuationToken">Asks for the next page; null after the last.</param>
/// <param name="Unreadable">The incidents that cannot be read; null where there are none.</param>
public sealed record IncidentPage(IReadOnlyList<QueuedIncident> Incidents, string? ContinuationToken, IReadOnlyList<UnreadableRow>? Unreadable = null);
