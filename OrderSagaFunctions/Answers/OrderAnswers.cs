using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Sagas.Http;
using Sagas.Storage;

namespace OrderSagaFunctions.Answers;

/// <summary>The answers that more than one endpoint of orders gives.</summary>
internal static class OrderAnswers
{
    /// <summary>Answers 404 for an order.</summary>
    public static Task<HttpResponseData> OrderNotFoundAsync(this HttpRequestData request, string orderId) =>
        request.AnswerAsync(new Problem(
            OrderProblems.UnknownOrder, "Unknown order", (int)HttpStatusCode.NotFound, $"There is no order '{orderId}'."));

    /// <summary>Answers 500 for an order that cannot be shown without a row which is damaged.</summary>
    public static Task<HttpResponseData> UnreadableAsync(this HttpRequestData request, UnreadableRowException unreadable) =>
        request.AnswerAsync(new Problem(
            Problem.UnreadableRow, "Unreadable row", (int)HttpStatusCode.InternalServerError, $"{unreadable.Message} The order's timeline shows the rest."));
}
