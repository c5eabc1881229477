using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Sagas.Claims;
using Sagas.Decisions;
using Sagas.Fields;
using Sagas.Http;

namespace Sagas.Operations;

/// <summary>
/// What the endpoints of any saga do: start it, show it, cancel it, have it try again, decide its review. The app's functions
/// call these, with routes and keys of their own.
/// </summary>
public sealed class SagaEndpoints(SagaClaims claims, CancelGate gate, ParkedSagas parked, IOptions<SagaOptions> options)
{
    private readonly SagaSettings _settings = options.Value.ToSagaSettings();

    /// <summary>
    /// Starts a saga, once: 202, the same for the same contents again, however many come at once; 400 for a body that is not
    /// right; 409 for other contents under the same id.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Starts it.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="orchestrator">Its orchestrator.</param>
    /// <param name="read">Reads the body's fields, and says what is wrong with them; null where anything is.</param>
    /// <param name="idOf">What the saga is about, as an id.</param>
    /// <param name="inputOf">The orchestrator's input.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<HttpResponseData> StartAsync<T>(
        HttpRequestData request,
        DurableTaskClient client,
        SagaDefinition saga,
        string orchestrator,
        Func<JsonFields, T?> read,
        Func<T, string> idOf,
        Func<T, SagaSettings, object> inputOf,
        CancellationToken cancellation)
        where T : class
    {
        var errors = new List<FieldError>();
        using var body = await request.ReadJsonAsync(errors, cancellation);
        if (body is null || read(new JsonFields(body.RootElement, string.Empty, errors)) is not { } contents || errors.Count > 0)
        {
            return await request.RefuseAsync(errors);
        }

        var key = saga.KeyOf(idOf(contents));
        var claim = await claims.ClaimAsync(key, contents, cancellation);
        if (!claim.IsSame)
        {
            return await request.ConflictAsync(
                Problem.OtherSubmission,
                "Other contents under the same id",
                $"The {saga.Name} '{idOf(contents)}' was started before with other contents. Send what was sent then, or take a new id.");
        }

        if (!claim.IsStarted)
        {
            await client.StartOnceAsync(orchestrator, inputOf(contents, _settings), key, cancellation);
            await claims.SetStartedAsync(key, cancellation);
        }

        return request.CreateResponse(HttpStatusCode.Accepted);
    }

    /// <summary>202 where the saga goes, or has gone, backward for that; 404 where there is none, 409 where it has passed its pivot or has ended.</summary>
    /// <param name="request">The request; its body may say who cancels (<see cref="OperatorNote"/>).</param>
    /// <param name="client">Wakes it.</param>
    /// <param name="saga">The saga.</param>
    /// <param name="id">What it is about.</param>
    /// <param name="generation">Which saga of that.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    public async Task<HttpResponseData> CancelAsync(
        HttpRequestData request, DurableTaskClient client, SagaDefinition saga, string id, int generation, CancellationToken cancellation)
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
            ? await gate.IsCancelledAsync(key, generation, cancellation)
            : await gate.TryCancelAsync(key, generation, note, cancellation);
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
