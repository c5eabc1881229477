using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OrderSagaFunctions.OpenApi;
using OrderSagaFunctions.Tests.Operations;
using OrderSagaFunctions.Tests.Serialisation;

namespace OrderSagaFunctions.Tests.OpenApi;

/// <summary>
/// The examples of the OpenAPI document, which are the requests of requests.http: each is sent as the document has it, and
/// answered as the document says. Those requests that are for the management of instances are sent on the way.
/// </summary>
public sealed class OpenApiExampleTests
{
    private static readonly string Answers = Path.Combine("..", "..", "OrderSagaFunctions", "OpenApi", "answers.txt");

    [Fact]
    public async Task Examples_OneAfterTheOther_AnswerAsTheDocumentSays()
    {
        await using var shop = await Shop.OpenAsync(("Inventory__Seed", "sku-100=1000,sku-200=1000,sku-300=1000,sku-400=1000@harbour"));
        var document = await ServedDocument.GetAsync(shop.Host.HttpClient);
        var examples = ApiExample.ReadAll(ApiFunction.ReadAll().Values)
            .Where(example => document.Operations.Any(operation => operation.Function == example.Function))
            .ToDictionary(static example => example.Title, StringComparer.Ordinal);
        var (sent, answers) = (new List<string>(), new List<string>());
        foreach (var request in RequestsFile.Read())
        {
            if (!examples.TryGetValue(request.Title, out var example))
            {
                _ = await AnswerAsync(shop, request, () => MessageOf(request));
                continue;
            }

            var operation = Assert.Single(document.Operations, operation => operation.Function == example.Function);
            HoldBody(document, operation, example);
            var answer = await AnswerAsync(shop, request, () => operation.RequestOf(example.Name));
            HoldAnswer(document, operation, example, answer);
            sent.Add($"{example.Function} {example.Name}");
            if (answer.Json is { } json && example.Function != nameof(GetOpenApi))
            {
                answers.Add(ApiExample.WriteAnswer(request.Title, json));
            }
        }

        Assert.Empty(document.Operations.SelectMany(static operation => operation.Examples.Select(name => $"{operation.Function} {name}")).Except(sent));
        PinnedText.AssertIs(Answers, answers, "The OpenAPI document has these answers as its examples.");
    }

    /// <summary>Sends it, and again as long as the saga has not come to where it answers as it says.</summary>
    private static async Task<Answer> AnswerAsync(Shop shop, FileRequest request, Func<HttpRequestMessage> messageOf)
    {
        Answer? answer = null;
        await shop.Host.RunUntilAsync(
            async () =>
            {
                using var message = messageOf();
                using var response = await shop.Host.HttpClient.SendAsync(message);
                var text = await response.Content.ReadAsStringAsync();
                var mediaType = response.Content.Headers.ContentType?.MediaType;
                var json = text.Length == 0 ? null : mediaType!.EndsWith("json", StringComparison.Ordinal) ? JsonNode.Parse(text) : text;
                answer = new Answer(json, mediaType, [.. response.Headers.Select(static header => header.Key)]);
                return (int)response.StatusCode == request.Status;
            },
            $"the answer {request.Status} to '{request.Title}'");
        return answer!;
    }

    private static HttpRequestMessage MessageOf(FileRequest request) => new(new HttpMethod(request.Method), request.Address)
    {
        Content = request.Body is null ? null : new StringContent(request.Body, new MediaTypeHeaderValue("application/json")),
    };

    /// <summary>The body's schema takes what the app takes, and refuses what the app refuses.</summary>
    private static void HoldBody(ServedDocument document, ServedOperation operation, ApiExample example)
    {
        if (example.Body is not null)
        {
            var errors = document.ErrorsOf(operation.Body!["schema"]!, example.Body);
            Assert.True((errors.Count == 0) == (example.Status != 400), $"'{example.Title}' answers {example.Status}; its schema says: {string.Join(' ', errors)}");
        }
    }

    private static void HoldAnswer(ServedDocument document, ServedOperation operation, ApiExample example, Answer answer)
    {
        var response = operation.Responses[example.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        Assert.True(response is not null, $"'{example.Title}' answers {example.Status}, which is not in the document.");
        Assert.Empty(response["headers"]?.AsObject().Where(static header => header.Value!["required"] is not null).Select(static header => header.Key).Except(answer.Headers, StringComparer.OrdinalIgnoreCase) ?? []);
        var form = answer.MediaType is null ? null : response["content"]?[answer.MediaType];
        Assert.True((form is null) == (answer.Json is null), $"'{example.Title}' answers {answer.MediaType}, which is not in the document.");
        if (form is not null)
        {
            var errors = document.ErrorsOf(form["schema"]!, answer.Json);
            Assert.True(errors.Count == 0, $"'{example.Title}' is not answered as its schema says: {string.Join(Environment.NewLine, errors)}{Environment.NewLine}{answer.Json}");
        }
    }

    private sealed record Answer(JsonNode? Json, string? MediaType, IReadOnlyList<string> Headers);
}
