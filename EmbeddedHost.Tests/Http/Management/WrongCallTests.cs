using System.Net;
using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Tests.Hosting;
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
        var functions = new Mock<IFunctionRegistry>();
        _ = functions.Setup(registry => registry.FindOrchestrator("quick")).Throws(new InvalidOperationException("secret"));
        await using var host = await RunningHost.StartAsync(
            [typeof(ManagedFunctions)], builder => builder.Services.AddSingleton(functions.Object));
        using var response = await host.Http.PostAsync(Address($"{Orchestrators}/quick"), content: null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("secret", await response.DetailAsync(), StringComparison.Ordinal);
    }
}
