using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>GET <c>instances/{id}</c>.</summary>
public sealed class StatusTests
{
    [Fact]
    public async Task Status_RunsFrom202To200_WithInputStatusAndOutputAsJson()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        using var running = await host.Http.GetAsync(Address($"{Instances}/one"));
        Assert.Equal(HttpStatusCode.Accepted, running.StatusCode);
        Assert.EndsWith($"{Instances}/one", running.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("5", running.Headers.GetValues("Retry-After").Single());
        var status = await running.JsonAsync();
        Assert.Equal("""{"name":"waiter","instanceId":"one","runtimeStatus":"Running","input":{"wait":"go"},"customStatus":["waiting"],"output":null""",
            status.GetRawText()[..status.GetRawText().IndexOf(",\"createdTime", StringComparison.Ordinal)]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", status.GetProperty("createdTime").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", status.GetProperty("lastUpdatedTime").GetString());

        using var raised = await host.Http.PostAsJsonAsync($"{Instances}/one/raiseEvent/go", new { answer = 42 });
        Assert.Equal(HttpStatusCode.Accepted, raised.StatusCode);
        _ = await host.Client.WaitForInstanceCompletionAsync("one");

        using var ended = await host.Http.GetAsync(Address($"{Instances}/one?showInput=false"));
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        var end = await ended.JsonAsync();
        Assert.Equal(42, end.GetProperty("output").GetProperty("answer").GetInt32());
        Assert.Equal(JsonValueKind.Null, end.GetProperty("input").ValueKind);
        Assert.False(end.TryGetProperty("historyEvents", out _));
    }

    [Fact]
    public async Task Status_UnknownInstance_Is404()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.GetAsync(Address($"{Instances}/nobody"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("'nobody'", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_PendingOrSuspended_Is202()
    {
        await using var host = await StartAsync();
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "quick", new StartOrchestrationOptions("later", DateTimeOffset.UtcNow.AddDays(1)));
        await host.StartWaiterAsync("held");
        await host.Client.SuspendInstanceAsync("held");
        await host.ReachesAsync("held", OrchestrationRuntimeStatus.Suspended);

        foreach (var (id, expected) in new[] { ("later", "Pending"), ("held", "Suspended") })
        {
            using var response = await host.Http.GetAsync(Address($"{Instances}/{id}"));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.Equal(expected, (await response.JsonAsync()).GetProperty("runtimeStatus").GetString());
        }
    }

    [Fact]
    public async Task Status_Terminated_Is200()
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Terminated);
        using var response = await host.Http.GetAsync(Address($"{Instances}/one?returnInternalServerErrorOnFailure=true"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Status_OfAFailure_Is200_OrA500WhereAsked()
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("bad", OrchestrationRuntimeStatus.Failed);

        using var plain = await host.Http.GetAsync(Address($"{Instances}/bad"));
        using var asked = await host.Http.GetAsync(Address($"{Instances}/bad?returnInternalServerErrorOnFailure=true"));

        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, asked.StatusCode);
        Assert.Contains("no way", (await plain.JsonAsync()).GetProperty("output").GetString(), StringComparison.Ordinal);
    }
}
