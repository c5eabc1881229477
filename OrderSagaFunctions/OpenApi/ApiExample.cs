using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OrderSagaFunctions.OpenApi;

/// <summary>
/// An example of a call: a request of requests.http, and what it was answered when the tests sent them all, one after the
/// other. Under the same name its parts are among the examples of the call's parameters, its body and its answer.
/// </summary>
/// <param name="Function">The function that it calls.</param>
/// <param name="Name">Its name, of the letters of its title.</param>
/// <param name="Title">What it asks for.</param>
/// <param name="Values">The values of the parameters in path, query and headers, by name.</param>
/// <param name="Body">The body; null where there is none.</param>
/// <param name="Status">The answer's status.</param>
/// <param name="Answer">The answer; null where it has no body.</param>
internal sealed partial record ApiExample(
    string Function, string Name, string Title, IReadOnlyDictionary<string, string> Values, JsonNode? Body, int Status, JsonNode? Answer)
{
    private const string AnswersResource = "answers.txt";

    // A title and its answer stand in a line.
    private const string Separator = ": ";

    /// <summary>Reads them, in the order in which they can be sent.</summary>
    public static IReadOnlyList<ApiExample> ReadAll(IEnumerable<ApiFunction> functions)
    {
        // Fewest parameters first: orders/stuck is not an order's id.
        List<ApiFunction> routes = [.. functions.OrderBy(static function => function.PathParameters.Count())];
        var answers = ReadAnswers();
        return [.. RequestsFile.Read().Select(request => Of(request, routes, answers)).OfType<ApiExample>()];
    }

    /// <summary>An answer as it is kept.</summary>
    public static string WriteAnswer(string title, JsonNode answer) => $"{title}{Separator}{answer.ToJsonString(AppJson.Options)}";

    /// <summary>The name that an example with a title has.</summary>
    public static string NameOf(string title) => NoLetters().Replace(title, "-").Trim('-').ToLowerInvariant();

    // Null for the requests that are not for the app but for the management of its instances.
    private static ApiExample? Of(FileRequest request, List<ApiFunction> routes, Dictionary<string, JsonNode?> answers)
    {
        foreach (var function in routes)
        {
            if (function.Match(request.Method, request.Address.AbsolutePath) is { } values)
            {
                foreach (var (name, value) in QueryOf(request.Address).Concat(request.Headers))
                {
                    values.Add(name, value);
                }

                var body = request.Body is null ? null : JsonNode.Parse(request.Body);
                return new ApiExample(function.Name, NameOf(request.Title), request.Title, values, body, request.Status, answers.GetValueOrDefault(request.Title));
            }
        }

        return null;
    }

    private static IEnumerable<KeyValuePair<string, string>> QueryOf(Uri address) => address.Query.TrimStart('?')
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('='))
        .Select(static pair => KeyValuePair.Create(pair[0], Uri.UnescapeDataString(pair[1])));

    private static Dictionary<string, JsonNode?> ReadAnswers()
    {
        using var stream = typeof(ApiExample).Assembly.GetManifestResourceStream(AnswersResource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(Separator, 2))
            .ToDictionary(static parts => parts[0], static parts => JsonNode.Parse(parts[1]), StringComparer.Ordinal);
    }

    [GeneratedRegex("[^A-Za-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoLetters();
}
