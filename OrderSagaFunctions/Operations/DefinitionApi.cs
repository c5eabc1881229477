using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Http;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Operations;

/// <summary>Shows over HTTP what sagas there are.</summary>
public sealed class DefinitionApi(SagaCatalog sagas)
{
    /// <summary>A saga's states and transitions; 404 where there is no such saga.</summary>
    [Function("GetSagaDefinition")]
    public Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "sagas/{name}/definition")] HttpRequestData request, string name) =>
        QueryFields.RefuseAll(request) is { Count: > 0 } errors ? request.RefuseAsync(errors)
        : sagas.Find(name) is { } saga
            ? request.AnswerAsync(HttpStatusCode.OK, SagaGraph.Of(saga))
            : request.AnswerAsync(new Problem(
                Problem.UnknownSaga, "Unknown saga", (int)HttpStatusCode.NotFound, $"There is no saga '{name}'. Sagas are {string.Join(", ", sagas.Names)}."));
}
