using System.Net;
using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sagas.Fields;

namespace Sagas.Http;

/// <summary>Writes JSON over HTTP the way this API does.</summary>
public static class HttpAnswers
{
    /// <summary>Answers with a JSON body.</summary>
    public static async Task<HttpResponseData> AnswerAsync<T>(
        this HttpRequestData request, HttpStatusCode status, T body, string mediaType = "application/json") =>
        await request.WriteAsync(status, await request.SerializeAsync(body), mediaType);

    /// <summary>Answers with a text.</summary>
    public static Task<HttpResponseData> AnswerTextAsync(this HttpRequestData request, string text, string mediaType) =>
        request.AnswerTextAsync(Encoding.UTF8.GetBytes(text), mediaType);

    /// <summary>Answers with a text, which is there in UTF-8.</summary>
    public static Task<HttpResponseData> AnswerTextAsync(this HttpRequestData request, byte[] utf8, string mediaType) =>
        request.WriteAsync(HttpStatusCode.OK, utf8, mediaType);

    /// <summary>Answers with problem details.</summary>
    public static Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Problem problem) =>
        request.AnswerAsync((HttpStatusCode)problem.Status, problem, Problem.MediaType);

    /// <summary>Answers with what is wrong with each field: 400, or the status of the worst of them.</summary>
    public static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, IEnumerable<FieldError> errors) =>
        request.RefuseAsync([.. errors]);

    private static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, FieldError[] errors) =>
        request.AnswerAsync(new Problem(
            Problem.InvalidRequest,
            "The request is invalid",
            (int)errors.Max(error => error.Status),
            $"{string.Join(" ", errors.Select(error => $"{error.Field}: expected {error.Expected}, found {error.Found}."))} Nothing was done.")
        {
            Errors = errors,
        });

    /// <summary>Answers 409.</summary>
    public static Task<HttpResponseData> ConflictAsync(this HttpRequestData request, string type, string title, string detail) =>
        request.AnswerAsync(new Problem(type, title, (int)HttpStatusCode.Conflict, detail));

    /// <summary>Answers with what holds at this moment alone: nobody is to keep it, and it has no tag.</summary>
    internal static async Task<HttpResponseData> AnswerForNowAsync<T>(
        this HttpRequestData request, HttpStatusCode status, T body, string mediaType = "application/json")
    {
        var response = request.CreateResponse(status);
        response.Headers.Add(HttpCaching.ControlHeader, HttpCaching.NoStore);
        await response.WriteAsync(await request.SerializeAsync(body), mediaType);
        return response;
    }

    private static async Task<ReadOnlyMemory<byte>> SerializeAsync<T>(this HttpRequestData request, T body)
    {
        // As the app has its payloads written.
        var serializer = request.FunctionContext.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        return (await serializer.SerializeAsync(body, typeof(T))).ToMemory();
    }

    private static async Task<HttpResponseData> WriteAsync(
        this HttpRequestData request, HttpStatusCode status, ReadOnlyMemory<byte> utf8, string mediaType)
    {
        var tag = status == HttpStatusCode.OK && request.Method == HttpMethod.Get.Method ? HttpCaching.TagOf(utf8.Span) : null;
        var isKnown = tag is not null && HttpCaching.IsKnownTo(request, tag);
        var response = request.CreateResponse(isKnown ? HttpStatusCode.NotModified : status);
        if (tag is not null)
        {
            response.Headers.Add(HttpCaching.TagHeader, tag);
            response.Headers.Add(HttpCaching.ControlHeader, HttpCaching.NoCache);
        }

        if (!isKnown)
        {
            await response.WriteAsync(utf8, mediaType);
        }

        return response;
    }

    private static ValueTask WriteAsync(this HttpResponseData response, ReadOnlyMemory<byte> utf8, string mediaType)
    {
        response.Headers.Add("Content-Type", $"{mediaType}; charset=utf-8");
        return response.Body.WriteAsync(utf8);
    }
}
