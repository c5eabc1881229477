using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Sagas.Drawing;
using Sagas.Fields;
using Sagas.Http;

namespace Sagas.Operations;

/// <summary>Shows over HTTP what sagas there are.</summary>
public sealed class DefinitionApi(SagaCatalog sagas)
{
    /// <summary>
    /// A saga's states and transitions, or a picture of them: as <c>format</c> says, else as <c>Accept</c> does; 404 where there is
    /// no such saga.
    /// </summary>
    [Function("GetSagaDefinition")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "sagas/{name}/definition")] HttpRequestData request, string name)
    {
        var errors = new List<FieldError>();
        var query = new QueryFields(request.Query, errors);
        var format = query.Choice<DrawingFormat>("format") ?? AcceptedBy(request);
        query.RefuseOthers();
        if (errors.Count > 0)
        {
            return await request.RefuseAsync(errors);
        }

        if (sagas.Find(name) is not { } saga)
        {
            return await request.AnswerAsync(new Problem(
                Problem.UnknownSaga, "Unknown saga", (int)HttpStatusCode.NotFound, $"There is no saga '{name}'. Sagas are {string.Join(", ", sagas.Names)}."));
        }

        var response = await (format switch
        {
            DrawingFormat.Mermaid => request.AnswerTextAsync(MermaidDrawing.Of(SagaGraph.Of(saga)), MermaidDrawing.MediaType),
            DrawingFormat.Asl => request.AnswerAsync(HttpStatusCode.OK, StatesLanguageDrawing.Of(saga)),
            _ => request.AnswerAsync(HttpStatusCode.OK, SagaGraph.Of(saga)),
        });
        response.Headers.Add("Vary", "Accept");
        return response;
    }

    // The States Language has no media type of its own.
    private static DrawingFormat AcceptedBy(HttpRequestData request) =>
        request.Headers.TryGetValues("Accept", out var accepted)
        && accepted.SelectMany(static header => header.Split(',')).Any(static range =>
            range.Split(';')[0].Trim().Equals(MermaidDrawing.MediaType, StringComparison.OrdinalIgnoreCase))
            ? DrawingFormat.Mermaid
            : DrawingFormat.Json;
}
