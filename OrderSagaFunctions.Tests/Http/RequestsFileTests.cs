using System.Text.RegularExpressions;
using OrderSagaFunctions.OpenApi;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>requests.http has every call. Whether each is answered as it says, the examples' tests see to: they are the same requests.</summary>
public sealed partial class RequestsFileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        var called = RequestsFile.Read()
            .Select(request => routes.Find(route => Matches(route, $"{request.Method} {request.Address.AbsolutePath.TrimStart('/')}")));

        Assert.Empty(routes.Except(called));
    }

    private static IEnumerable<string> AppRoutes() => HttpFunction.Calls.Select(static function => $"{function.Method} api/{function.Route}");

    private static bool Matches(string route, string call) =>
        Regex.IsMatch(call, $"^{Parameter().Replace(route, "[^/]+")}$", RegexOptions.None, Patience);

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();
}
