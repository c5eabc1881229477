using System.Net;
using System.Text.Json;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>What a technical failure's text tells, and to whom: exceptions name hosts and addresses.</summary>
public sealed class ErrorTextTests
{
    private const string Address = "127.0.0.1:1/inner";

    [Fact]
    public async Task GetOrder_StepFailedTechnically_TellsOperatorsAloneWhere()
    {
        var keyed = new KeyTests.KeyedApp
        {
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Payments__Gateway"] = "Http",
                ["Payments__BaseUrl"] = $"http://{Address}",
                ["Saga__Retry__Attempts"] = "1",
                ["Saga__Retry__CompensationAttempts"] = "1",
                ["Saga__OnCompensationFailure"] = "Continue",
            },
        };
        await keyed.InitializeAsync();
        try
        {
            using var accepted = await keyed.App.Orders.PostAsync("/api/orders", Orders.Plain("unpaid"), ("x-functions-key", keyed.Keys["SubmitOrder"]));
            Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

            var customers = await EndOfAsync(keyed, keyed.Keys["GetOrder"]);
            var operators = await EndOfAsync(keyed, keyed.Keys["_master"]);

            Assert.DoesNotContain(Address, customers, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", customers, StringComparison.Ordinal);
            Assert.Contains("A technical failure.", customers, StringComparison.Ordinal);
            Assert.Contains("ProcessRefund-1", customers, StringComparison.Ordinal);
            Assert.Contains(Address, operators, StringComparison.Ordinal);
        }
        finally
        {
            await keyed.DisposeAsync();
        }
    }

    private static async Task<string> EndOfAsync(KeyTests.KeyedApp keyed, string key)
    {
        using var http = new HttpClient();
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(keyed.App.Address, "/api/orders/unpaid"))
            {
                Headers = { { "x-functions-key", key }, { "Prefer", "wait=5" } },
            };
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var body = await response.Content.ReadAsStringAsync();
            if (JsonDocument.Parse(body).RootElement.GetProperty("saga").GetProperty("outcome").ValueKind != JsonValueKind.Null)
            {
                return body;
            }
        }
    }
}
