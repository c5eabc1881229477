using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Http;

namespace OrderSagaFunctions.Saga;

/// <summary>Shows over HTTP what sagas there are.</summary>
public static class DefinitionApi
{
    private static readonly SagaGraph Order = SagaGraph.Of(OrderSteps.Definition);

    /// <summary>The order saga's states and transitions.</summary>
    [Function("GetSagaDefinition")]
    public static Task<HttpResponseData> GetAsync(
        [HttpTrigger(Roles.Submit, "get", Route = "sagas/order/definition")] HttpRequestData request) =>
        request.AnswerAsync(HttpStatusCode.OK, Order);
}
