using System.Net;
using Microsoft.OpenApi;
using OrderSagaFunctions.Answers;
using Sagas.Http;

namespace OrderSagaFunctions.OpenApi;

/// <summary>What a kind of problem means to a caller.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Status">The status that it is answered with.</param>
/// <param name="When">When that is.</param>
internal sealed record ProblemKind(string Type, int Status, string When)
{
    /// <summary>Every kind that there is.</summary>
    public static IReadOnlyDictionary<string, ProblemKind> All { get; } = ((ProblemKind[])
    [
        new(Problem.InvalidRequest, 400, "A field, a parameter, a header or the body is not what it has to be: 'errors' names each."),
        new(OrderProblems.UnknownOrder, 404, "There is no such order, or its id can be none."),
        new(Problem.UnknownSaga, 404, "No saga has that name; 'detail' says which there are."),
        new(OrderProblems.UnknownInstance, 404, "The order has no such instance."),
        new(Problem.UnknownIncident, 404, "The order has no such incident."),
        new(Problem.OtherSubmission, 409, "The order's id or the key was used before with other contents, or the order under another key."),
        new(Problem.NotInReview, 409, "The order waits for no review."),
        new(Problem.AlreadyDecided, 409, "It was decided before, or its deadline has passed; of a review 'decision' is the one that stands."),
        new(Problem.NotParked, 409, "The saga does not wait for an operator."),
        new(Problem.TooLateToCancel, 409, "The saga has passed its pivot, or has ended otherwise than cancelled."),
        new(OrderProblems.NotRecoverable, 409, "The saga runs, has succeeded, was cancelled, has left something undone, or never stored the order."),
        new(Problem.IncidentClosed, 409, "The incident was dealt with before."),
        new(OrderProblems.NotADemo, 409, "It is not the demo, or no supervisor would start the host again."),
        new(Problem.NotRetriable, 409, "The incident is a saga that was stopped, which has no compensation to run again."),
        new(Problem.UnreadableRow, 500, "A row without which the order cannot be shown is damaged: 'detail' names it, and the timeline has the rest."),
        new(Problem.NotReady, 503, "The tables or the task hub cannot be reached, which 'detail' names, or the host stops."),
    ]).ToDictionary(static kind => kind.Type, StringComparer.Ordinal);

    /// <summary>What the app answers to a body that is too large.</summary>
    public static ProblemKind TooLarge { get; } = new(Problem.InvalidRequest, 413, $"The body has more than {JsonBody.MostBytes} bytes.");
}

/// <summary>What the hosts themselves answer to any call, which the app then does not see.</summary>
internal static class HostAnswers
{
    private static readonly (HttpStatusCode Status, string Name, string When, bool IsProblem, bool IsOfBodies)[] All =
    [
        (HttpStatusCode.Unauthorized, "NoKey", "Where keys are in force: there is none that is good for this call.", false, false),
        (HttpStatusCode.RequestTimeout, "TooSlow", "Of the embedded host: the body comes too slowly.", true, true),
        (HttpStatusCode.ServiceUnavailable, "Unavailable", "Of the embedded host: it has no memory or no time for the call, or it stops. Retry-After says when to come again.", true, false),
    ];

    /// <summary>The problem that a host answers with a status; null where it is none.</summary>
    public static ProblemKind? Find(int status) =>
        All.Where(answer => answer.IsProblem && (int)answer.Status == status).Select(static answer => new ProblemKind("about:blank", (int)answer.Status, answer.When)).FirstOrDefault();

    /// <summary>References to the answers that a call may get; they are in the document once.</summary>
    public static IEnumerable<(int Status, IOpenApiResponse Answer)> Of(OpenApiDocument document, bool hasBody, bool needsKey)
    {
        foreach (var (status, name, when, isProblem, _) in All.Where(answer => (hasBody || !answer.IsOfBodies) && (needsKey || answer.Status != HttpStatusCode.Unauthorized)))
        {
            if (document.Components!.Responses?.ContainsKey(name) is not true)
            {
                document.AddComponent<IOpenApiResponse>(name, new OpenApiResponse { Description = when, Content = isProblem ? ContentOf(document) : null });
            }

            yield return ((int)status, new OpenApiResponseReference(name, document));
        }
    }

    private static Dictionary<string, IOpenApiMediaType> ContentOf(OpenApiDocument document) => new(StringComparer.Ordinal)
    {
        [Problem.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
    };
}
