using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Sagas.Claims;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;
using Sagas.Incidents;

namespace Sagas.Operations;

/// <summary>
/// What the endpoints of any saga do: start it, show it, cancel it, have it try again, decide its review. The app's functions
/// call these, with routes and keys of their own.
/// </summary>
public sealed class SagaEndpoints(
    SagaClaims claims, CancelGate gate, ParkedSagas parked, ReviewStore reviews, ReviewDesk desk, ReportStore reports, IncidentStore incidents, IOptions<SagaOptions> options)
{
    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <summary>
    /// Starts a saga, once: 202, the same for the same contents again, however many come at once; 400 for a body that is not
    /// right; 409 for other contents under the same id.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Starts it.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="orchestrator">Its orchestrator, whose input is a <see cref="SagaInput{T}"/>.</param>
    /// <param name="read">Reads the body's fields, and says what is wrong with them; null where anything is.</param>
    /// <param name="idOf">What the saga is about, as an id.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<HttpResponseData> StartAsync<T>(
        HttpRequestData request,
        DurableTaskClient client,
        SagaDefinition saga,
        string orchestrator,
        Func<JsonFields, T?> read,
        Func<T, string> idOf,
        CancellationToken cancellation)
        where T : class
    {
        var errors = new List<FieldError>();
        using var body = await request.ReadJsonAsync(errors, cancellation);
        if (body is null || read(new JsonFields(body.RootElement, string.Empty, errors)) is not { } contents || errors.Count > 0)
        {
            return await request.RefuseAsync(errors);
        }

        var id = idOf(contents);
        var key = saga.KeyOf(id);
        var claim = await claims.ClaimAsync(key, contents, cancellation);
        if (!claim.IsSame)
        {
            return await request.ConflictAsync(
                Problem.OtherSubmission,
                "Other contents under the same id",
                $"The {saga.Name} '{id}' was started before with other contents. Send what was sent then, or take a new id.");
        }

        if (!claim.IsStarted)
        {
            await client.StartOnceAsync(orchestrator, new SagaInput<T>(contents, _settings), key, cancellation);
            await claims.SetStartedAsync(key, cancellation);
        }

        var response = await request.AnswerAsync(HttpStatusCode.Accepted, new SagaStarted(id, key));
        response.Headers.Add("Location", $"{request.Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{id}");
        return response;
    }

    /// <summary>Shows a saga: its story, its review, and what it has left; 404 if there is none.</summary>
    /// <inheritdoc cref="CancelAsync" path="/param" />
    public async Task<HttpResponseData> ShowAsync(
        HttpRequestData request, DurableTaskClient client, SagaDefinition saga, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(saga);
        if (QueryFields.RefuseAll(request) is { Count: > 0 } errors)
        {
            return await request.RefuseAsync(errors);
        }

        var key = saga.KeyOf(id);
        var instance = SagaKey.IsId(id) ? await client.GetInstanceAsync(key, getInputsAndOutputs: true, cancellation) : null;
        var story = SagaKey.IsId(id) ? await reports.FindAsync(new SagaId(key), cancellation) ?? SagaReport.Of(instance) : null;
        if (instance is null && story is null)
        {
            return await UnknownAsync(request, saga, id);
        }

        // The rows know what became of an incident since.
        var left = await incidents.ReadAsync(key, cancellation);
        return await request.AnswerAsync(HttpStatusCode.OK, new SagaStatus(
            key,
            instance?.RuntimeStatus.ToString(),
            story is null ? null : story with { Incidents = left, CompensationIncomplete = left.Any(static incident => incident.Status == IncidentStatus.Open) },
            await desk.FindAsync(new SagaId(key), instance, cancellation))
        {
            Error = story?.Outcome is null ? instance?.FailureDetails?.ErrorMessage : null,
        });
    }

    /// <summary>Decides a saga's review: 200 with the decision; 404 if there is no such saga, 409 if it waits for no review or was decided before.</summary>
    /// <inheritdoc cref="CancelAsync" path="/param" />
    public async Task<HttpResponseData> ReviewAsync(
        HttpRequestData request, DurableTaskClient client, SagaDefinition saga, string id, CancellationToken cancellation)
    {
        var errors = QueryFields.RefuseAll(request);
        using var body = await request.ReadJsonAsync(errors, cancellation);
        if (body is null || ReviewAnswer.Read(body.RootElement, errors, Caller.NameOf(request)) is not { } answer)
        {
            return await request.RefuseAsync(errors);
        }

        if (await FindAsync(client, saga, id, cancellation) is not { } instance)
        {
            return await UnknownAsync(request, saga, id);
        }

        var key = saga.KeyOf(id);
        if (await desk.FindAsync(new SagaId(key), instance, cancellation) is null or { Status: ReviewView.Withdrawn })
        {
            return await request.ConflictAsync(Problem.NotInReview, "Not in review", $"The {saga.Name} '{id}' does not wait for a review. Nothing was done.");
        }

        var isFirst = await reviews.TryDecideAsync(new SagaId(key), answer, cancellation);
        var decision = (await reviews.FindDecisionAsync(new SagaId(key), cancellation))!;
        await client.WakeAsync(key, ReviewDecision.EventName, cancellation);
        return isFirst
            ? await request.AnswerAsync(HttpStatusCode.OK, decision)
            : await request.AnswerAsync(new Problem(
                Problem.AlreadyDecided, "Already decided", (int)HttpStatusCode.Conflict, $"The review of the {saga.Name} '{id}' was decided before; that decision stands.")
            {
                Decision = decision,
            });
    }

    /// <summary>202 where the saga goes, or has gone, backward for that; 404 where there is none, 409 where it has passed its pivot or has ended.</summary>
    /// <param name="request">The request; its body may say who cancels (<see cref="OperatorNote"/>).</param>
    /// <param name="client">Wakes it.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<HttpResponseData> CancelAsync(
        HttpRequestData request, DurableTaskClient client, SagaDefinition saga, string id, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNotes.ReadAsync(request, needsReason: false, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await FindAsync(client, saga, id, cancellation) is not { } instance)
        {
            return await UnknownAsync(request, saga, id);
        }

        var key = saga.KeyOf(id);
        var isCancelled = instance.IsCompleted
            ? await gate.IsCancelledAsync(new SagaId(key), cancellation)
            : await gate.TryCancelAsync(new SagaId(key), note, cancellation);
        if (!isCancelled)
        {
            return await request.ConflictAsync(
                Problem.TooLateToCancel,
                "Too late to cancel",
                $"The {saga.Name} '{id}' has {(instance.IsCompleted ? "ended" : "passed the point of no return")}. Nothing was done.");
        }

        await parked.CancelAsync(client, new SagaInstance(key, key), cancellation);
        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    /// <summary>202 where a parked saga tries again; 404 where there is none, 409 where it does not wait, or something else was decided.</summary>
    /// <inheritdoc cref="CancelAsync" path="/param" />
    public async Task<HttpResponseData> RetryAsync(
        HttpRequestData request, DurableTaskClient client, SagaDefinition saga, string id, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (await OperatorNotes.ReadAsync(request, needsReason: false, errors, cancellation) is not { } note)
        {
            return await request.RefuseAsync(errors);
        }

        if (await FindAsync(client, saga, id, cancellation) is null)
        {
            return await UnknownAsync(request, saga, id);
        }

        var key = saga.KeyOf(id);
        return await parked.DecideAsync(client, new SagaInstance(key, key), incident: null, ParkDecision.Retry, note, cancellation) switch
        {
            ParkAnswer.Decided => request.CreateResponse(HttpStatusCode.Accepted),
            ParkAnswer.TooLate => await request.ConflictAsync(
                Problem.AlreadyDecided, "Already decided", $"What becomes of the {saga.Name} '{id}' was decided before, or its deadline has passed; that decision stands."),
            _ => await request.ConflictAsync(
                Problem.NotParked, "Not parked", $"The {saga.Name} '{id}' does not wait for an operator. Nothing was done."),
        };
    }

    private static async Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, SagaDefinition saga, string id, CancellationToken cancellation) =>
        SagaKey.IsId(id) ? await client.GetInstanceAsync(saga.KeyOf(id), cancellation) : null;

    private static Task<HttpResponseData> UnknownAsync(HttpRequestData request, SagaDefinition saga, string id) =>
        request.AnswerAsync(new Problem(Problem.UnknownSaga, "Unknown saga", (int)HttpStatusCode.NotFound, $"There is no {saga.Name} '{id}'."));
}

/// <summary>A saga as its endpoint shows it.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="RuntimeStatus">Its instance's status; null if the host does not know it any more.</param>
/// <param name="Story">What it tells of itself; null if it has told nothing yet.</param>
/// <param name="Review">Its review; null if it is and was in none.</param>
public sealed record SagaStatus(string Key, string? RuntimeStatus, SagaReport? Story, ReviewView? Review)
{
    /// <summary>Why its instance failed, if that was beyond the saga's own reach; null otherwise.</summary>
    public string? Error { get; init; }
}

/// <summary>The answer to the start of a saga.</summary>
/// <param name="Id">What it is about.</param>
/// <param name="Key">The same as a key, under which its instance, incidents and rows are.</param>
public sealed record SagaStarted(string Id, string Key);
