using System.Net;
using EmbeddedHost.Tests.Hosting;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>POST <c>instances/{id}/restart</c>.</summary>
public sealed class RestartTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("?restartWithNewInstanceId=true", true)]
    [InlineData("?restartWithNewInstanceId=false", false)]
    public async Task Restart_Ended_StartsTheSameAgain_AndAnswersLikeCheckStatus(string query, bool newId)
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Terminated);
        using var response = await RestartAsync(host, "one", query);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await response.JsonAsync()).GetProperty("id").GetString()!;
        Assert.Equal(newId, id != "one");
        Assert.EndsWith($"{Instances}/{id}", response.Headers.Location?.ToString(), StringComparison.Ordinal);
        await host.UntilItWaitsAsync(id);
        Assert.Equal("""{"wait":"go"}""", (await host.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.SerializedInput);
    }

    [Fact]
    public async Task Restart_Unknown_Is400()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await host.PostAsync("nobody/restart"));
    }

    [Fact]
    public async Task Restart_Running_UnderItsOwnId_Is409_AndUnderANewOne202()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");
        using var refused = await RestartAsync(host, "one", "?restartWithNewInstanceId=false");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("has not ended", await refused.DetailAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("one/restart"));
    }

    private static Task<HttpResponseMessage> RestartAsync(RunningHost host, string id, string query) =>
        host.Http.PostAsync(Address($"{Instances}/{id}/restart{query}"), content: null);
}
