using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.DurableTask.Client;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>POST <c>orchestrators/{name}/{id?}</c>.</summary>
public sealed class OrchestratorStartTests
{
    [Fact]
    public async Task Start_AnswersLikeCheckStatus_WithTheInputThatWasSent()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsJsonAsync($"{Orchestrators}/waiter/one", new { wait = "go" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.EndsWith($"{Instances}/one", response.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("10", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("one", (await response.JsonAsync()).GetProperty("id").GetString());
        Assert.Equal("""{"wait":"go"}""", (await host.Client.GetInstanceAsync("one", getInputsAndOutputs: true))!.SerializedInput);
    }

    [Fact]
    public async Task Start_WithoutAnId_MakesOne()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick"), content: null);

        Assert.NotNull(await host.Client.GetInstanceAsync((await response.JsonAsync()).GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task Start_IdOfARunningInstance_Is409()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/waiter/one"), content: null);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("'one'", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IdOfAnEndedInstance_StartsItAnew()
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", OrchestrationRuntimeStatus.Failed);
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick/one?timeout=60"), content: null);

        Assert.Equal("7", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Start_WithTimeout_AnswersTheBareOutput()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick?timeout=60&pollingInterval=0.5"), content: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("7", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Start_TimeoutThatPasses_AnswersLikeCheckStatus()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsJsonAsync($"{Orchestrators}/waiter/one?timeout=0.01&pollingInterval=1", new { wait = "go" });

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("one", (await response.JsonAsync()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("&returnInternalServerErrorOnFailure=true", HttpStatusCode.InternalServerError)]
    public async Task Start_WithTimeout_OfWhatFails_AnswersItsStatus(string query, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/failing?timeout=60{query}"), content: null);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("Failed", (await response.JsonAsync()).GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Start_UnknownOrchestrator_Is202_AndTheInstanceFails()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/nobody/one"), content: null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Client.WaitForInstanceCompletionAsync("one")).RuntimeStatus);
    }

    [Fact]
    public async Task Start_Body_NamesTheAddressesThatTheExtensionNames()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick/one"), content: null);

        Assert.Equal(
            [
                "id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri",
                "resumePostUri",
            ],
            (await response.JsonAsync()).EnumerateObject().Select(static link => link.Name));
    }

    [Theory]
    [InlineData("quick", "{", "JSON")]
    [InlineData("quick/@a", "", "'@a'")]
    [InlineData("quick?timeout=soon", "", "'timeout'")]
    [InlineData("quick?timeout=9999999", "", "'timeout'")]
    [InlineData("quick?pollingInterval=-1", "", "'pollingInterval'")]
    public async Task Start_WrongArgument_Is400_AndNothingStarts(string address, string body, string named)
    {
        await using var host = await StartAsync();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/{address}"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.DetailAsync(), StringComparison.Ordinal);
        Assert.Empty((await host.Http.GetFromJsonAsync<object[]>(Address(Instances)))!);
    }
}
