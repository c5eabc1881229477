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

/// <summary>The kinds of problem that only orders have.</summary>
public static class OrderProblems
{
    /// <summary>There is no such order.</summary>
    public const string UnknownOrder = "urn:order-saga:unknown-order";

    /// <summary>The order has no such instance.</summary>
    public const string UnknownInstance = "urn:order-saga:unknown-instance";

    /// <summary>The page has no such file.</summary>
    public const string UnknownFile = "urn:order-saga:unknown-file";

    /// <summary>The order's saga cannot be taken up again.</summary>
    public const string NotRecoverable = "urn:order-saga:not-recoverable";

    /// <summary>The host is no demo that a supervisor starts again.</summary>
    public const string NotADemo = "urn:order-saga:not-a-demo";
}
