using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Storage;

namespace OrderSagaFunctions.Http;

/// <summary>Writes JSON over HTTP the way this API does.</summary>
internal static class HttpAnswers
{
    /// <summary>Answers with a JSON body.</summary>
    public static Task<HttpResponseData> AnswerAsync<T>(
        this HttpRequestData request, HttpStatusCode status, T body, string mediaType = "application/json") =>
        request.AnswerAsync(status, JsonSerializer.SerializeToUtf8Bytes(body, AppJson.TypeOf<T>()), mediaType);

    /// <summary>Answers with a text.</summary>
    public static Task<HttpResponseData> AnswerTextAsync(this HttpRequestData request, string text, string mediaType) =>
        request.AnswerTextAsync(Encoding.UTF8.GetBytes(text), mediaType);

    /// <summary>Answers with a text, which is there in UTF-8.</summary>
    public static Task<HttpResponseData> AnswerTextAsync(this HttpRequestData request, byte[] utf8, string mediaType) =>
        request.AnswerAsync(HttpStatusCode.OK, utf8, mediaType);

    /// <summary>Answers with problem details.</summary>
    public static Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Problem problem) =>
        request.AnswerAsync((HttpStatusCode)problem.Status, problem, Problem.MediaType);

    /// <summary>Answers with what is wrong with each field: 400, or the status of the worst of them.</summary>
    public static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, IReadOnlyList<FieldError> errors) =>
        request.AnswerAsync(new Problem(
            Problem.InvalidRequest,
            "The request is invalid",
            (int)errors.Max(error => error.Status),
            $"{string.Join(" ", errors.Select(error => $"{error.Field}: expected {error.Expected}, found {error.Found}."))} Nothing was done.")
        {
            Errors = errors,
        });

    /// <summary>Answers 404 for an order.</summary>
    public static Task<HttpResponseData> OrderNotFoundAsync(this HttpRequestData request, string orderId) =>
        request.AnswerAsync(new Problem(
            Problem.UnknownOrder, "Unknown order", (int)HttpStatusCode.NotFound, $"There is no order '{orderId}'."));

    /// <summary>Answers 500 for an order that cannot be shown without a row which is damaged.</summary>
    public static Task<HttpResponseData> UnreadableAsync(this HttpRequestData request, UnreadableRowException unreadable) =>
        request.AnswerAsync(new Problem(
            Problem.UnreadableRow, "Unreadable row", (int)HttpStatusCode.InternalServerError, $"{unreadable.Message} The order's timeline shows the rest."));

    /// <summary>Answers 409.</summary>
    public static Task<HttpResponseData> ConflictAsync(this HttpRequestData request, string type, string title, string detail) =>
        request.AnswerAsync(new Problem(type, title, (int)HttpStatusCode.Conflict, detail));

    private static async Task<HttpResponseData> AnswerAsync(this HttpRequestData request, HttpStatusCode status, byte[] utf8, string mediaType)
    {
        var tag = status == HttpStatusCode.OK && request.Method == HttpMethod.Get.Method ? HttpCaching.TagOf(utf8) : null;
        var isKnown = tag is not null && HttpCaching.IsKnownTo(request, tag);
        var response = request.CreateResponse(isKnown ? HttpStatusCode.NotModified : status);
        if (tag is not null)
        {
            response.Headers.Add(HttpCaching.TagHeader, tag);
            response.Headers.Add(HttpCaching.ControlHeader, HttpCaching.NoCache);
        }

        if (!isKnown)
        {
            response.Headers.Add("Content-Type", $"{mediaType}; charset=utf-8");
            await response.Body.WriteAsync(utf8);
        }

        return response;
    }
}
