using System.Text.RegularExpressions;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>requests.http is complete, and each of its requests answers as it says.</summary>
public sealed partial class RequestsFileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] ManagementRoutes =
    [
        "GET runtime/webhooks/durabletask/instances", "GET runtime/webhooks/durabletask/instances/{id}",
        "DELETE runtime/webhooks/durabletask/instances", "DELETE runtime/webhooks/durabletask/instances/{id}",
        .. new[] { "raiseEvent/{name}", "terminate", "suspend", "resume", "rewind", "restart" }
            .Select(static operation => $"POST runtime/webhooks/durabletask/instances/{{id}}/{operation}"),
    ];

    [Fact]
    public void Routes_OfTheAppAndItsManagement_AllOccur()
    {
        // Fewest parameters first: orders/stuck is not an order's id.
        var routes = AppRoutes().Concat(ManagementRoutes).OrderBy(static route => route.Count(static c => c == '{')).ToList();
        var called = RequestsFile.Read(new Uri("http://localhost"))
            .Select(request => routes.Find(route => Matches(route, $"{request.Method} {request.Address.AbsolutePath.TrimStart('/')}")));

        Assert.Empty(routes.Except(called));
    }

    [Fact]
    public async Task Requests_OneAfterTheOther_AnswerAsTheySay()
    {
        await using var app = await AppProcess.StartAsync(options: "--supervise");
        using var http = new HttpClient();

        foreach (var request in RequestsFile.Read(app.Address))
        {
            await AnswersAsync(http, request);
        }
    }

    /// <summary>Sends it, and again as long as the saga has not come to where it answers as it says.</summary>
    private static async Task AnswersAsync(HttpClient http, FileRequest request)
    {
        using var patience = new CancellationTokenSource(Patience);
        var found = 0;
        try
        {
            while (found != request.Status)
            {
                using var message = request.ToMessage();
                using var response = await http.SendAsync(message, patience.Token);
                found = (int)response.StatusCode;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"'{request.Title}' answers {found}; requests.http says {request.Status}.");
        }
    }

    private static IEnumerable<string> AppRoutes() => HttpFunction.All.Select(static function => $"{function.Method} api/{function.Route}");

    private static bool Matches(string route, string call) =>
        Regex.IsMatch(call, $"^{Parameter().Replace(route, "[^/]+")}$", RegexOptions.None, Patience);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
