using System.Net;
using System.Text;
using EmbeddedHost.Tests.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>POST <c>instances/{id}/raiseEvent/{name}</c>.</summary>
public sealed class RaiseEventTests
{
    [Fact]
    public async Task PostEvent_ChecksInOrder_Unknown_Ended_NotJson()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.NotFound, await RaiseAsync(host, "none", "x", "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", "1", "text/plain"));
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", "1", "application/json-patch"));
        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", "{", "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, await RaiseAsync(host, "one", "1", "application/json"));
        Assert.Equal("1", (await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true)).SerializedOutput);
        Assert.Equal(HttpStatusCode.Gone, await RaiseAsync(host, "one", "x", "text/plain"));
    }

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    public async Task PostEvent_HalfACharacter_Is400AndRaisesNothing(string body)
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.BadRequest, await RaiseAsync(host, "one", body, "application/json"));

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync("one"))!.RuntimeStatus);
    }

    [Fact]
    public async Task PostEvent_Compressed_Is400ThatNamesTheHeader()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");
        using var content = new StringContent("1", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var response = await host.Http.PostAsync(Address($"{Instances}/one/raiseEvent/go"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("Content-Encoding: expected none", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostEvent_ByteOrderMark_IsPassedOver()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.Accepted, await RaiseAsync(host, "one", "\ufeff1.0", "application/json"));
        Assert.Equal("1.0", (await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true)).SerializedOutput);
    }

    [Fact]
    public async Task PostEvent_BeforeTheStartOrWhileSuspended_Is202_AndArrivesInTime()
    {
        await using var host = await StartAsync();
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "waiter", new ManagedFunctions.Input("go"), new StartOrchestrationOptions("later", DateTimeOffset.UtcNow.AddMilliseconds(200)));
        await host.StartWaiterAsync("held");
        await host.Client.SuspendInstanceAsync("held");

        Assert.Equal(HttpStatusCode.Accepted, await RaiseAsync(host, "later", "1", "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, await RaiseAsync(host, "held", "2", "application/json"));
        await host.Client.ResumeInstanceAsync("held");

        Assert.Equal("1", (await host.Client.WaitForInstanceCompletionAsync("later", getInputsAndOutputs: true)).SerializedOutput);
        Assert.Equal("2", (await host.Client.WaitForInstanceCompletionAsync("held", getInputsAndOutputs: true)).SerializedOutput);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task PostEvent_ToWhatHasEnded_Is410(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", status);

        Assert.Equal(HttpStatusCode.Gone, await RaiseAsync(host, "one", "1", "application/json"));
    }

    private static async Task<HttpStatusCode> RaiseAsync(RunningHost host, string id, string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        using var response = await host.Http.PostAsync(Address($"{Instances}/{id}/raiseEvent/go"), content);
        return response.StatusCode;
    }
}
