using System.Net;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Tests.Hosting;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Moq;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>What the management API answers to calls that it does not have, or cannot do.</summary>
public sealed class WrongCallTests
{
    [Theory]
    [InlineData("PUT", Instances + "/one", HttpStatusCode.NotFound)]
    [InlineData("POST", Instances, HttpStatusCode.NotFound)]
    [InlineData("GET", Instances + "/one/terminate", HttpStatusCode.NotFound)]
    [InlineData("GET", Orchestrators + "/waiter", HttpStatusCode.NotFound)]
    [InlineData("POST", Instances + "/one/dance", HttpStatusCode.NotFound)]
    [InlineData("GET", Instances + "?top=none", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?top=0", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeStatus=Dancing", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?top=1&top=2", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?top=%201", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeStatus=0", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeStatus=Running,", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeStatus=", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?runtimeState=Running", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?createdTimeFrom=2026-03-14T00:00:00Z%20", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "/one?showInput=true%20", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "/one?showHistori=true", HttpStatusCode.BadRequest)]
    [InlineData("POST", Orchestrators + "/waiter/two?timeout=1e99", HttpStatusCode.BadRequest)]
    [InlineData("POST", Orchestrators + "/waiter/two?showInput=2", HttpStatusCode.BadRequest)]
    [InlineData("POST", Instances + "/one/terminate?raeson=late", HttpStatusCode.BadRequest)]
    [InlineData("POST", Instances + "/one/suspend?reason=a&reason=b", HttpStatusCode.BadRequest)]
    [InlineData("POST", Instances + "/one/raiseEvent/go?x=1", HttpStatusCode.BadRequest)]
    [InlineData("POST", Instances + "/one/restart?restartWithNewInstanceId=0", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", Instances + "/one?force=true", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", Instances + "?createdTimeFrom=2020-01-01T00:00:00Z&createdTimeTo=", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", Instances + "?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStatus=", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", Instances + "?createdTimeFrom=2020-01-01T00:00:00Z&runtimeStates=Failed", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "?createdTimeFrom=noon", HttpStatusCode.BadRequest)]
    [InlineData("GET", Instances + "/one?showInput=1", HttpStatusCode.BadRequest)]
    [InlineData("DELETE", Instances + "?createdTimeFrom=noon", HttpStatusCode.BadRequest)]
    public async Task WrongCall_IsAProblem(string method, string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
        Assert.NotEmpty(await response.DetailAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync("one"))!.RuntimeStatus);
        Assert.Null(await host.Client.GetInstanceAsync("two"));
    }

    [Fact]
    public async Task TaskHubConnectionAndCode_AreTaken()
    {
        await using var host = await StartAsync();
        using var response = await host.Http.GetAsync(Address($"{Instances}?taskHub=OrderSaga&connection=Storage&code=none"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task UnexpectedFailure_Is500WithoutInternals()
    {
        var payloads = new Mock<IPayloadSerializer>();
        _ = payloads.Setup(serializer => serializer.Serialize(It.IsAny<object?>())).Throws(new NotSupportedException("secret"));
        await using var host = await RunningHost.StartAsync(
            [typeof(ManagedFunctions)], builder => builder.Services.AddSingleton(payloads.Object));
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick"), content: null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.DetailAsync(), StringComparison.Ordinal);
    }
}
