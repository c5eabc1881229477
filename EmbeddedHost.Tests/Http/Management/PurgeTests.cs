using System.Net;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>DELETE <c>instances/{id}</c> and DELETE <c>instances</c>.</summary>
public sealed class PurgeTests
{
    [Fact]
    public async Task Purge_One_TakesOnlyWhatHasEnded()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal((HttpStatusCode.PreconditionFailed, null), await host.DeleteAsync("/one"));
        _ = await host.PostAsync("one/terminate");
        _ = await host.Client.WaitForInstanceCompletionAsync("one");
        Assert.Equal((HttpStatusCode.OK, 1), await host.DeleteAsync("/one"));
        Assert.Equal((HttpStatusCode.NotFound, null), await host.DeleteAsync("/one"));
    }

    [Fact]
    public async Task Purge_Many_NeedsAStart_AndCountsWhatWentAway()
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Terminated);
        await host.StartEndedAsync("two", OrchestrationRuntimeStatus.Terminated);
        await host.StartEndedAsync("three", OrchestrationRuntimeStatus.Completed);

        Assert.Equal((HttpStatusCode.BadRequest, null), await host.DeleteAsync(""));
        Assert.Equal((HttpStatusCode.NotFound, null), await host.DeleteAsync("?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Failed"));
        Assert.Equal(
            (HttpStatusCode.NotFound, null), await host.DeleteAsync("?createdTimeFrom=2020-01-01T00:00:00Z&createdTimeTo=2020-01-02T00:00:00Z"));
        Assert.Equal((HttpStatusCode.OK, 2), await host.DeleteAsync("?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=Terminated"));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await host.StatusAsync("three"));
    }
}
