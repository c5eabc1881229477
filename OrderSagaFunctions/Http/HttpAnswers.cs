using System.Net;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Http;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Http;

/// <summary>Reads and writes JSON over HTTP the way this API does.</summary>
internal static class HttpAnswers
{
    /// <summary>Answers with a JSON body.</summary>
    public static async Task<HttpResponseData> AnswerAsync<T>(
        this HttpRequestData request, HttpStatusCode status, T body, string mediaType = "application/json")
    {
        var response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", $"{mediaType}; charset=utf-8");
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, AppJson.TypeOf<T>()));
        return response;
    }

    /// <summary>Answers with problem details.</summary>
    public static Task<HttpResponseData> AnswerAsync(this HttpRequestData request, Problem problem) =>
        request.AnswerAsync((HttpStatusCode)problem.Status, problem, Problem.MediaType);

    /// <summary>Answers 400 with what is wrong with each field.</summary>
    public static Task<HttpResponseData> RefuseAsync(this HttpRequestData request, IReadOnlyList<FieldError> errors) =>
        request.AnswerAsync(new Problem(
            Problem.InvalidRequest,
            "The request is invalid",
            (int)HttpStatusCode.BadRequest,
            $"{string.Join(" ", errors.Select(error => $"{error.Field}: expected {error.Expected}, found {error.Found}."))} Nothing was done.")
        {
            Errors = errors,
        });

    /// <summary>Answers 404 for an order.</summary>
    public static Task<HttpResponseData> OrderNotFoundAsync(this HttpRequestData request, string orderId) =>
        request.AnswerAsync(new Problem(
            Problem.UnknownOrder, "Unknown order", (int)HttpStatusCode.NotFound, $"There is no order '{orderId}'."));

    /// <summary>Answers 409.</summary>
    public static Task<HttpResponseData> ConflictAsync(this HttpRequestData request, string type, string title, string detail) =>
        request.AnswerAsync(new Problem(type, title, (int)HttpStatusCode.Conflict, detail));

    /// <summary>Reads the body as JSON; where it is not JSON or too large, says so in the errors and returns null.</summary>
    /// <param name="request">The request.</param>
    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="isOptional">Whether no body at all is as good as an empty object.</param>
    public static async Task<JsonDocument?> ReadJsonAsync(
        this HttpRequestData request, List<FieldError> errors, CancellationToken cancellation, bool isOptional = false)
    {
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (body.Length <= OrderLimits.BodyBytes && await request.Body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            await body.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        if (body.Length > OrderLimits.BodyBytes)
        {
            errors.Add(new FieldError("$", $"a body of at most {OrderLimits.BodyBytes} bytes", "more"));
            return null;
        }

        if (body.Length == 0)
        {
            if (isOptional)
            {
                return JsonDocument.Parse("{}");
            }

            errors.Add(new FieldError("$", "a JSON body", "nothing"));
            return null;
        }

        try
        {
            return JsonDocument.Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (JsonException failure)
        {
            errors.Add(new FieldError("$", "a JSON body", $"none: {failure.Message}"));
            return null;
        }
    }
}
