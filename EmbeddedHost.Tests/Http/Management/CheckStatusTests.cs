using System.Net;
using Microsoft.Azure.Functions.Worker;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The answer of an app that has started an instance: where to follow it, or its outcome.</summary>
public sealed class CheckStatusTests
{
    [Fact]
    public async Task CheckStatus_Answers202WithTheInstancesAddresses_OnTheCallersHost()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address("api/start/one"), content: null);
        var origin = host.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var instance = $"{origin}/{Instances}/one";

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(instance, response.Headers.Location?.ToString());
        Assert.Equal("10", response.Headers.GetValues("Retry-After").Single());
        var links = await response.JsonAsync();
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["id"] = "one",
                ["statusQueryGetUri"] = instance,
                ["sendEventPostUri"] = instance + "/raiseEvent/{eventName}",
                ["terminatePostUri"] = instance + "/terminate?reason={text}",
                ["rewindPostUri"] = instance + "/rewind?reason={text}",
                ["purgeHistoryDeleteUri"] = instance,
                ["restartPostUri"] = instance + "/restart",
                ["suspendPostUri"] = instance + "/suspend?reason={text}",
                ["resumePostUri"] = instance + "/resume?reason={text}",
            },
            links.EnumerateObject().ToDictionary(link => link.Name, link => link.Value.GetString()!));
        Assert.Equal(instance, host.Client.CreateHttpManagementPayload("one").StatusQueryGetUri);
    }

    [Fact]
    public async Task CheckStatus_IdThatAnAddressCannotHold_IsEscapedInTheLinks()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address("api/start/a%20b+%C3%BC&c=1"), content: null);
        var links = await response.JsonAsync();
        using var status = await host.Http.GetAsync(new Uri(links.GetProperty("statusQueryGetUri").GetString()!));

        Assert.Equal("a b+ü&c=1", links.GetProperty("id").GetString());
        Assert.Equal("a b+ü&c=1", (await status.JsonAsync()).GetProperty("instanceId").GetString());
    }

    [Theory]
    [InlineData("{}", "http://localhost")]
    [InlineData("""{"extensions":{"http":{"useForwardedHost":false}}}""", "http://localhost")]
    [InlineData("""{"extensions":{"http":{"useForwardedHost":true}}}""", "https://shop.example/")]
    [InlineData("""{"extensions":{"durableTask":{"httpSettings":{"useForwardedHost":true}}}}""", "https://shop.example/")]
    public async Task CheckStatus_ForwardedHost_IsBelievedOnlyWhereHostJsonSaysSo(string hostJson, string expected)
    {
        await using var host = await StartAsync(hostJson);
        foreach (var address in new[] { "api/start/one", $"{Orchestrators}/waiter/two" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Add("X-Forwarded-Host", "shop.example");
            request.Headers.Add("X-Forwarded-Proto", "https");
            // As the browser of someone who came through the proxy sends it.
            request.Headers.Add("Origin", expected.TrimEnd('/') + (expected.EndsWith('/') ? "" : $":{host.Http.BaseAddress!.Port}"));
            using var response = await host.Http.SendAsync(request);

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.StartsWith(expected, response.Headers.Location?.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WaitForCompletion_AnswersTheOutcome_OrTheAddressesWhenTheTimeIsUp()
    {
        await using var host = await StartAsync();

        using var completed = await host.Http.GetAsync(Address("api/wait/quick?patience=60000"));
        using var failed = await host.Http.GetAsync(Address("api/wait/failing?patience=60000"));
        using var waiting = await host.Http.GetAsync(Address("api/wait/waiter?patience=0"));

        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        var outcome = await completed.JsonAsync();
        Assert.Equal("7", outcome.GetProperty("SerializedOutput").GetString());
        Assert.Equal("Completed", outcome.GetProperty("RuntimeStatus").GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, waiting.StatusCode);
        Assert.NotNull(waiting.Headers.Location);
    }
}
