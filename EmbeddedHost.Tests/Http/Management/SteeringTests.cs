using System.Net;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>POST <c>instances/{id}/terminate</c>, <c>suspend</c> and <c>resume</c>.</summary>
public sealed class SteeringTests
{
    [Fact]
    public async Task Terminate_EndsTheInstance_WithTheReasonAsOutput()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("one/terminate?reason=enough"));
        var ended = await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, ended.RuntimeStatus);
        Assert.Equal("\"enough\"", ended.SerializedOutput);
    }

    [Fact]
    public async Task Suspend_Twice_Is409_AndResumeLetsItGoOn()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.Conflict, await host.PostAsync("one/resume"));
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("one/suspend?reason=lunch"));
        await host.ReachesAsync("one", OrchestrationRuntimeStatus.Suspended);
        using var again = await host.Http.PostAsync(Address($"{Instances}/one/suspend"), content: null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("suspended already", await again.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("one/resume"));
        await host.ReachesAsync("one", OrchestrationRuntimeStatus.Running);
    }

    [Theory]
    [InlineData("terminate")]
    [InlineData("suspend")]
    [InlineData("resume")]
    public async Task Steering_UnknownIs404_EndedIs410(string operation)
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Completed);

        Assert.Equal(HttpStatusCode.NotFound, await host.PostAsync("nobody/" + operation));
        Assert.Equal(HttpStatusCode.Gone, await host.PostAsync("one/" + operation));
    }
}
