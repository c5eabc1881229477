using EmbeddedHost.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>Programs that are an <see cref="IHostBuilder"/>.</summary>
public sealed class GenericHostTests
{
    [Fact]
    public async Task ConfigureFunctionsWorkerDefaults_RunsFunctions_AndPrintsThem()
    {
        await using var host = await RunningHost.StartGenericAsync(
            [typeof(Greeter)],
            builder => builder
                .ConfigureFunctionsWorkerDefaults()
                .ConfigureServices(services => services.AddSingleton(new Greeting("Hello"))));

        var id = await host.Http.GetStringAsync(new Uri("api/start", UriKind.Relative));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("Hello, Ada", ended.ReadOutputAs<string>());
        Assert.Contains("start: [GET]", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigureFunctionsWorkerDefaults_WithMiddlewareAndOptions_UsesBoth()
    {
        var seen = new List<string>();
        await using var host = await RunningHost.StartGenericAsync(
            [typeof(Echo)],
            builder => builder.ConfigureFunctionsWorkerDefaults(
                (context, worker) => worker.UseMiddleware(async (invocation, next) =>
                {
                    seen.Add($"{invocation.FunctionDefinition.Name} in {context.HostingEnvironment.EnvironmentName}");
                    await next();
                }),
                options => options.Serializer = new Azure.Core.Serialization.JsonObjectSerializer(
                    new(System.Text.Json.JsonSerializerDefaults.Web))));

        Assert.Equal("""{"name":"Ada"}""", await host.Http.GetStringAsync(new Uri("api/echo?name=Ada", UriKind.Relative)));
        Assert.Equal("echo in Production", Assert.Single(seen));
    }

    [Fact]
    public async Task ConfigureFunctionsWorkerDefaults_ReadsHostJsonAndSettings()
    {
        await using var host = await RunningHost.StartGenericAsync(
            [typeof(Echo)], builder => builder.ConfigureFunctionsWorkerDefaults(), """{"extensions":{"http":{"routePrefix":"v1"}}}""");

        Assert.Equal("""{"Name":"Ada"}""", await host.Http.GetStringAsync(new Uri("v1/echo?name=Ada", UriKind.Relative)));
        Assert.Equal("Warning", host.Services.GetRequiredService<IConfiguration>()["Logging:LogLevel:Microsoft.AspNetCore"]);
    }

    [Fact]
    public async Task Build_FunctionsThatCannotBeHosted_SaysSoBeforeAnythingStarts()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartGenericAsync(
            [typeof(SamePath)], builder => builder.ConfigureFunctionsWorkerDefaults()));

        Assert.Contains("both serve any method /api/same", error.Message, StringComparison.Ordinal);
    }

    public sealed record Greeting(string Text);

    public sealed record Person(string Name);

    public sealed class Greeter(Greeting greeting)
    {
        [Function("start")]
        public static Task<string> Start([HttpTrigger("get")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
            client.ScheduleNewOrchestrationInstanceAsync("greet-all", "Ada");

        [Function("greet-all")]
        public static Task<string> GreetAll([OrchestrationTrigger] TaskOrchestrationContext context, string name) =>
            context.CallActivityAsync<string>("greet", name);

        [Function("greet")]
        public string Greet([ActivityTrigger] string name) => $"{greeting.Text}, {name}";
    }

    public static class Echo
    {
        [Function("echo")]
        public static Person Run([HttpTrigger("get")] HttpRequestData request, string name) => new(name);
    }

    public static class SamePath
    {
        [Function("one")]
        public static void One([HttpTrigger(Route = "same")] HttpRequestData request)
        {
        }

        [Function("two")]
        public static void Two([HttpTrigger(Route = "same")] HttpRequestData request)
        {
        }
    }
}
