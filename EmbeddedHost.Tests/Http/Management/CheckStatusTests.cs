using System.Net;
using System.Text;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
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
        var links = await response.JsonAsync();
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["Id"] = "one",
                ["StatusQueryGetUri"] = instance,
                ["SendEventPostUri"] = instance + "/raiseEvent/{eventName}",
                ["TerminatePostUri"] = instance + "/terminate?reason={text}",
                ["RewindPostUri"] = instance + "/rewind?reason={text}",
                ["PurgeHistoryDeleteUri"] = instance,
                ["RestartPostUri"] = instance + "/restart",
                ["SuspendPostUri"] = instance + "/suspend?reason={text}",
                ["ResumePostUri"] = instance + "/resume?reason={text}",
            },
            links.EnumerateObject().ToDictionary(link => link.Name, link => link.Value.GetString()!));
    }

    [Fact]
    public async Task CheckStatus_IdThatAnAddressCannotHold_IsEscapedInTheLinks()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address("api/start/a%20b+%C3%BC&c=1"), content: null);
        var links = await response.JsonAsync();
        using var status = await host.Http.GetAsync(new Uri(links.GetProperty("StatusQueryGetUri").GetString()!));

        Assert.Equal("a b+ü&c=1", links.GetProperty("Id").GetString());
        Assert.Equal("a b+ü&c=1", (await status.JsonAsync()).GetProperty("instanceId").GetString());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#b?c")]
    [InlineData("a%2Fb")]
    [InlineData("/a//%b/")]
    public async Task Links_OfAnyId_Work(string id)
    {
        await using var host = await StartAsync();
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("waiter", new ManagedFunctions.Input("go"), new StartOrchestrationOptions(id));
        await host.UntilItWaitsAsync(id);
        using var restarted = await host.Http.PostAsync(Address($"{Instances}/{Uri.EscapeDataString(id)}/restart?restartWithNewInstanceId=true"), content: null);
        using var payload = new StringContent("5", Encoding.UTF8, "application/json");
        using var raised = await host.Http.PostAsync(Address($"{Instances}/{Uri.EscapeDataString(id)}/raiseEvent/go"), payload);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.WaitForInstanceCompletionAsync(id)).RuntimeStatus);
        using var started = await host.Http.PostAsync(Address($"{Orchestrators}/quick/{Uri.EscapeDataString(id)}"), content: null);
        using var status = await host.Http.GetAsync(new Uri((await started.JsonAsync()).GetProperty("statusQueryGetUri").GetString()!));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (restarted.StatusCode, raised.StatusCode));
        Assert.Equal(id, (await status.JsonAsync()).GetProperty("instanceId").GetString());
    }

    [Fact]
    public async Task WaitForCompletion_UnknownInstance_IsWaitedForUntilTheTimeIsUp()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(Address("api/wait/nobody?patience=1"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task WaitForCompletion_OfWhatFails_TellsNothingOfTheHostsInside()
    {
        await using var host = await StartAsync();

        using var response = await host.Http.GetAsync(Address("api/wait/failing?patience=60000"));

        Assert.Equal(
            [
                "Name", "InstanceId", "CreatedAt", "LastUpdatedAt", "RuntimeStatus", "SerializedInput", "SerializedOutput", "SerializedCustomStatus",
            ],
            (await response.JsonAsync()).EnumerateObject().Select(static field => field.Name));
        Assert.DoesNotContain(".cs", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
