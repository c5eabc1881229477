using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Http.Management;

public sealed class ManagementApiTests
{
    private const string Instances = "runtime/webhooks/durabletask/instances";
    private const string Orchestrators = "runtime/webhooks/durabletask/orchestrators";

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
        var links = await JsonAsync(response);
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
    public async Task WaitForCompletion_AnswersTheOutcome_OrTheAddressesWhenTheTimeIsUp()
    {
        await using var host = await StartAsync();

        using var completed = await host.Http.GetAsync(Address("api/wait/quick?patience=60000"));
        using var failed = await host.Http.GetAsync(Address("api/wait/failing?patience=60000"));
        using var waiting = await host.Http.GetAsync(Address("api/wait/waiter?patience=0"));

        Assert.Equal(HttpStatusCode.OK, completed.StatusCode);
        Assert.Equal("7", (await JsonAsync(completed)).GetProperty("SerializedOutput").GetString());
        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, waiting.StatusCode);
    }

    [Fact]
    public async Task Status_RunsFrom202To200_WithInputStatusAndOutputAsJson()
    {
        await using var host = await StartAsync();
        await StartInstanceAsync(host, "one");

        using var running = await host.Http.GetAsync(Address($"{Instances}/one"));
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.EndsWith($"{Instances}/one", running.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("5", running.Headers.GetValues("Retry-After").Single());
        var status = await JsonAsync(running);
        Assert.Equal("""{"name":"waiter","instanceId":"one","runtimeStatus":"Running","input":{"wait":"go"},"customStatus":["waiting"],"output":null""",
            status.GetRawText()[..status.GetRawText().IndexOf(",\"createdTime", StringComparison.Ordinal)]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", status.GetProperty("createdTime").GetString());

        using var raised = await host.Http.PostAsJsonAsync($"{Instances}/one/raiseEvent/go", new { answer = 42 });
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        _ = await host.Client.WaitForInstanceCompletionAsync("one");

        using var ended = await host.Http.GetAsync(Address($"{Instances}/one?showInput=false"));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        var end = await JsonAsync(ended);
        Assert.Equal(42, end.GetProperty("output").GetProperty("answer").GetInt32());
        Assert.Equal(JsonValueKind.Null, end.GetProperty("input").ValueKind);
        Assert.False(end.TryGetProperty("historyEvents", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_MergesScheduledAndCompleted_AndShowsResultsOnlyWhereAsked(bool withOutput)
    {
        await using var host = await StartAsync();
        await StartInstanceAsync(host, "one");
        await host.Client.RaiseEventAsync("one", "go", 1);
        _ = await host.Client.WaitForInstanceCompletionAsync("one");

        var events = (await host.Http.GetFromJsonAsync<JsonElement>(
            Address($"{Instances}/one?showHistory=true&showHistoryOutput={withOutput}"))).GetProperty("historyEvents").EnumerateArray().ToArray();

        Assert.Equal(
            ["ExecutionStarted", "TaskCompleted", "EventRaised", "ExecutionCompleted"],
            events.Select(row => row.GetProperty("EventType").GetString()!));
        Assert.Equal("waiter", events[0].GetProperty("FunctionName").GetString());
        Assert.Equal("double", events[1].GetProperty("FunctionName").GetString());
        Assert.Equal(21, events[1].GetProperty("Input").GetInt32());
        Assert.True(events[1].TryGetProperty("ScheduledTime", out _));
        Assert.Equal(withOutput, events[1].TryGetProperty("Result", out _));
        Assert.Equal("go", events[2].GetProperty("Name").GetString());
        Assert.Equal("Completed", events[3].GetProperty("OrchestrationStatus").GetString());
    }

    [Fact]
    public async Task Status_OfAFailure_Is200_OrA500WhereAsked()
    {
        await using var host = await StartAsync();
        _ = await host.Client.WaitForInstanceCompletionAsync(await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "failing", new StartOrchestrationOptions("bad")));

        using var plain = await host.Http.GetAsync(Address($"{Instances}/bad"));
        using var asked = await host.Http.GetAsync(Address($"{Instances}/bad?returnInternalServerErrorOnFailure=true"));

        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, asked.StatusCode);
        Assert.Contains("no way", (await JsonAsync(plain)).GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_GoesOnFromTheContinuationToken_ToAnEmptyOneAtTheEnd()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "a-1", "a-2", "a-3", "b-1" })
        {
            await StartInstanceAsync(host, id);
        }

        var (first, token) = await ListAsync(host, "instanceIdPrefix=a-&top=2&runtimeStatus=Pending,Running", token: null);
        var (second, end) = await ListAsync(host, "instanceIdPrefix=a-&top=2&runtimeStatus=Pending&runtimeStatus=Running", token);
        var (none, _) = await ListAsync(host, "runtimeStatus=Failed", token: null);

        Assert.Equal(["a-1", "a-2"], first);
        Assert.Equal(["a-3"], second);
        Assert.NotEmpty(token);
        Assert.Empty(end);
        Assert.Empty(none);
    }

    [Fact]
    public async Task EventRaising_ChecksInOrder_Unknown_Ended_NotJson()
    {
        await using var host = await StartAsync();
        await StartInstanceAsync(host, "one");

        Assert.Equal(HttpStatusCode.NotFound, await RaiseAsync(host, "none", "x", "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", "1", "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", "{", "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, await RaiseAsync(host, "one", "1", "application/json"));
        _ = await host.Client.WaitForInstanceCompletionAsync("one");
        Assert.Equal(HttpStatusCode.Gone, await RaiseAsync(host, "one", "x", "text/plain"));
    }

    [Fact]
    public async Task Suspend_Resume_Terminate_AndTheirRefusals()
    {
        await using var host = await StartAsync();
        await StartInstanceAsync(host, "one");

        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, "one/resume"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "one/suspend?reason=lunch"));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.Client.GetInstanceAsync("one"))!.RuntimeStatus);
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(host, "one/suspend"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "one/resume"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(host, "one/terminate?reason=enough"));
        var ended = await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("\"enough\"", ended.SerializedOutput);
        foreach (var operation in new[] { "terminate", "suspend", "resume", "rewind" })
        {
            Assert.Equal(HttpStatusCode.Gone, await PostAsync(host, "one/" + operation));
            Assert.Equal(HttpStatusCode.NotFound, await PostAsync(host, "none/" + operation));
        }
    }

    [Fact]
    public async Task Purge_One_TakesOnlyWhatHasEnded()
    {
        await using var host = await StartAsync();
        await StartInstanceAsync(host, "one");

        Assert.Equal((HttpStatusCode.NotFound, null), await DeleteAsync(host, "/one"));
        _ = await PostAsync(host, "one/terminate");
        _ = await host.Client.WaitForInstanceCompletionAsync("one");
        Assert.Equal((HttpStatusCode.OK, 1), await DeleteAsync(host, "/one"));
        Assert.Equal((HttpStatusCode.NotFound, null), await DeleteAsync(host, "/one"));
    }

    [Fact]
    public async Task Purge_Many_NeedsAStart_AndCountsWhatWentAway()
    {
        await using var host = await StartAsync();
        foreach (var id in new[] { "one", "two" })
        {
            await StartInstanceAsync(host, id);
            _ = await PostAsync(host, id + "/terminate");
            _ = await host.Client.WaitForInstanceCompletionAsync(id);
        }

        Assert.Equal((HttpStatusCode.BadRequest, null), await DeleteAsync(host, ""));
        Assert.Equal((HttpStatusCode.NotFound, null), await DeleteAsync(host, "?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Failed"));
        Assert.Equal((HttpStatusCode.OK, 2), await DeleteAsync(host, "?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Terminated"));
    }

    [Fact]
    public async Task Orchestrators_Start_AnswersLikeCheckStatus_OrWaitsForTheOutput()
    {
        await using var host = await StartAsync();

        using var started = await host.Http.PostAsJsonAsync($"{Orchestrators}/waiter/one", new { wait = "go" });
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        Assert.Equal("one", (await JsonAsync(started)).GetProperty("id").GetString());
        using var again = await host.Http.PostAsJsonAsync($"{Orchestrators}/waiter/one", new { wait = "go" });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        using var waited = await host.Http.PostAsync(Address($"{Orchestrators}/quick?timeout=60&pollingInterval=1"), content: null);
        Assert.Equal("7", await waited.Content.ReadAsStringAsync());
        using var unknown = await host.Http.PostAsync(Address($"{Orchestrators}/nobody"), content: null);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        using var broken = new StringContent("{", Encoding.UTF8, "application/json");
        using var refused = await host.Http.PostAsync(Address($"{Orchestrators}/quick"), broken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("PUT", Instances + "/one", HttpStatusCode.NotFound)]
    [InlineData("GET", Orchestrators + "/waiter", HttpStatusCode.NotFound)]
    [InlineData("POST", Instances + "/one/dance", HttpStatusCode.NotFound)]
    [InlineData("GET", Instances + "?top=none", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeStatus=Dancing", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?createdTimeFrom=noon", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "/one?showInput=1", HttpStatusCode.BadRequest)]
    public async Task WrongCall_IsAProblem(string method, string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static Task<RunningHost> StartAsync() => RunningHost.StartAsync([typeof(Functions)]);

    private static Uri Address(string relative) => new(relative, UriKind.Relative);

    private static async Task StartInstanceAsync(RunningHost host, string id)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "waiter", new Functions.Input("go"), new StartOrchestrationOptions(id));
        // The orchestrator shows itself waiting before it waits.
        while ((await host.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.SerializedCustomStatus is null)
        {
            await Task.Yield();
        }
    }

    private static async Task<(string[] Ids, string Token)> ListAsync(RunningHost host, string query, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Instances}?{query}");
        if (token is not null)
        {
            request.Headers.Add("x-ms-continuation-token", token);
        }

        using var response = await host.Http.SendAsync(request);
        var page = await JsonAsync(response);
        return (
            [.. page.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!)],
            response.Headers.GetValues("x-ms-continuation-token").Single());
    }

    private static async Task<HttpStatusCode> RaiseAsync(RunningHost host, string id, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await host.Http.PostAsync(Address($"{Instances}/{id}/raiseEvent/go"), content);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(RunningHost host, string operation)
    {
        using var response = await host.Http.PostAsync(Address($"{Instances}/{operation}"), content: null);
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, int? Deleted)> DeleteAsync(RunningHost host, string rest)
    {
        using var response = await host.Http.DeleteAsync(Address(Instances + rest));
        return (response.StatusCode, response.IsSuccessStatusCode ? (await JsonAsync(response)).GetProperty("instancesDeleted").GetInt32() : null);
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    public static class Functions
    {
        public sealed record Input([property: System.Text.Json.Serialization.JsonPropertyName("wait")] string Wait);

        [Function("start")]
        public static async Task<HttpResponseData> Start(
            [HttpTrigger("post", Route = "start/{id}")] HttpRequestData request, string id, [DurableClient] DurableTaskClient client) =>
            await client.CreateCheckStatusResponseAsync(request, await client.ScheduleNewOrchestrationInstanceAsync(
                "waiter", new Input("go"), new StartOrchestrationOptions(id)));

        [Function("wait")]
        public static async Task<HttpResponseData> Wait(
            [HttpTrigger("get", Route = "wait/{name}")] HttpRequestData request, string name, int patience, [DurableClient] DurableTaskClient client)
        {
            using var timeout = new CancellationTokenSource(patience);
            var id = await client.ScheduleNewOrchestrationInstanceAsync(name, new Input("go"), CancellationToken.None);
            return await client.WaitForCompletionOrCreateCheckStatusResponseAsync(
                request, id, returnInternalServerErrorOnFailure: true, getInputsAndOutputs: true, cancellation: timeout.Token);
        }

        [Function("waiter")]
        public static async Task<JsonElement> Waiter([OrchestrationTrigger] Input input, TaskOrchestrationContext context)
        {
            _ = await context.CallActivityAsync<int>("double", 21);
            context.SetCustomStatus(new[] { "waiting" });
            return await context.WaitForExternalEvent<JsonElement>(input.Wait);
        }

        [Function("double")]
        public static int Twofold([ActivityTrigger] int value) => value * 2;

        [Function("quick")]
        public static int Quick([OrchestrationTrigger] TaskOrchestrationContext context) => 7;

        [Function("failing")]
        public static int Failing([OrchestrationTrigger] TaskOrchestrationContext context) => throw new InvalidOperationException("no way");
    }
}
