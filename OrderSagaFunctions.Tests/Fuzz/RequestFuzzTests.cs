using System.Globalization;
using System.Net;
using System.Text.Json;
using OrderSagaFunctions.Tests.Http;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.Fuzz;

/// <summary>Whatever is sent to the app or to the management API gets an answer that is no failure of the host; a refused call changes nothing.</summary>
public sealed class RequestFuzzTests(ITestOutputHelper output)
{
    // How many requests meet one app: its tables stay small enough to be compared as a whole.
    private const int RequestsOfAnApp = 1000;

    private const int ReportedFailures = 20;

    [Fact]
    public async Task Send_RandomRequests_AreAnsweredAndRefusalsChangeNothing()
    {
        var statuses = new SortedDictionary<int, int>();
        var failures = new List<string>();
        for (var first = 0; first < FuzzRun.Cases && failures.Count < ReportedFailures; first += RequestsOfAnApp)
        {
            var shop = new RefusingShop();
            await shop.InitializeAsync();
            for (var number = first; number < Math.Min(first + RequestsOfAnApp, FuzzRun.Cases); number++)
            {
                var request = FuzzRequest.Make(new Oddities(new Random(FuzzRun.Seed ^ (number * 7919))), $"fuzz-{number}");
                if (await FindFaultAsync(shop, request, statuses) is { } fault)
                {
                    failures.Add($"{number}: {fault}: {request}");
                }
            }

            await shop.DisposeAsync();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {FuzzRun.Seed}: {string.Join(", ", statuses.Select(static status => $"{status.Value} × {status.Key}"))}"));
        Assert.True(failures.Count == 0, $"Seed {FuzzRun.Seed}:\n{string.Join('\n', failures)}");
        Assert.InRange(statuses.Count(static status => status.Value > 0), 5, 30);
    }

    private static async Task<string?> FindFaultAsync(RefusingShop shop, FuzzRequest request, SortedDictionary<int, int> statuses)
    {
        var before = await shop.StateAsync();
        using var message = request.ToMessage();
        try
        {
            using var response = await shop.Host.HttpClient.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            await shop.Host.RunUntilIdleAsync();
            var status = (int)response.StatusCode;
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            return status >= (int)HttpStatusCode.InternalServerError ? $"answered with {status}: {text}"
                : status < (int)HttpStatusCode.BadRequest ? null
                : text.Contains("   at ", StringComparison.Ordinal) ? $"{status} with a trace: {text}"
                : !IsProblem(response, text) ? $"{status} that is no problem: {text}"
                : await shop.StateAsync() != before ? $"{status}, and something changed: {text}"
                : null;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return $"failed: {failure}";
        }
    }

    private static bool IsProblem(HttpResponseMessage response, string text)
    {
        if (response.RequestMessage!.Method == HttpMethod.Head)
        {
            return true;
        }

        using var json = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            && json.RootElement.TryGetProperty("detail", out var detail) && detail.GetString() is { Length: > 0 };
    }
}
