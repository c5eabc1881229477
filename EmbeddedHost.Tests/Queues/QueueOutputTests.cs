using System.Net;
using Azure.Storage.Queues;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Queues;

/// <summary>What functions give to queues.</summary>
public sealed class QueueOutputTests
{
    [Fact]
    public async Task Http_PropertiesBesideAResponse_AreSentAndItIsAnswered()
    {
        await using var host = await StartAsync();

        using var answer = await PostAsync(host, nameof(OutputFunctions.Submit));

        Assert.Equal((HttpStatusCode.Accepted, "taken"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(["one", "two"], await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out));
        Assert.Equal(
            ["""{"City":"Kyiv","Weight":1}""", """{"City":"Lviv","Weight":2}"""],
            await QueueCalls.BodiesAsync(host.Services, "parcels"),
            StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Http_ResponseThatIsMarked_IsAnsweredBesideAnObject()
    {
        await using var host = await StartAsync();

        using var answer = await PostAsync(host, nameof(OutputFunctions.Marked));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(["""{"City":"POST","Weight":3}"""], await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out), StringComparer.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(nameof(OutputFunctions.Whole), HttpStatusCode.NoContent, "POST")]
    [InlineData(nameof(OutputFunctions.Nothing), HttpStatusCode.NoContent)]
    [InlineData(nameof(OutputFunctions.TooLong), HttpStatusCode.InternalServerError)]
    [InlineData(nameof(OutputFunctions.Broken), HttpStatusCode.InternalServerError)]
    public async Task Http_ResultThatGoesToAQueue_IsNoAnswer(string function, HttpStatusCode status, params string[] messages)
    {
        await using var host = await StartAsync();

        using var answer = await PostAsync(host, function);

        Assert.Equal((status, ""), (answer.StatusCode, status == HttpStatusCode.NoContent ? await answer.Content.ReadAsStringAsync() : ""));
        Assert.Equal(messages, await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out));
    }

    [Fact]
    public async Task Activity_Outputs_AreSentAndPropertiesLeaveNoResult()
    {
        await using var host = await StartAsync();

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(OutputFunctions.Run));
        var end = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("3 True", end.ReadOutputAs<string>());
        Assert.Equal(["3", "a", "b"], await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out));
    }

    [Fact]
    public async Task QueueFunction_Output_IsTheNextQueuesMessage()
    {
        await using var host = await StartAsync();

        await QueueCalls.SendAsync(host.Services, "incoming", BinaryData.FromString("onward"));
        await QueueCalls.CountAsync(host.Services, "next", 1);

        Assert.Equal(["onward"], await QueueCalls.BodiesAsync(host.Services, "next"));
        Assert.Equal(0, await QueueCalls.CountAsync(host.Services, "incoming"));
    }

    [Fact]
    public async Task Middleware_OutputReplaced_IsWhatIsSent()
    {
        await using var host = await StartAsync(static builder => builder.UseMiddleware<Replacing>());

        using var answer = await PostAsync(host, nameof(OutputFunctions.Submit));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["other"], await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out));
    }

    [Fact]
    public async Task Middleware_AnswersInPlaceOfAResultThatGoesToAQueue_IsAnsweredAndNothingIsSent()
    {
        await using var host = await StartAsync(static builder => builder.UseMiddleware<Answering>());

        using var answer = await PostAsync(host, nameof(OutputFunctions.Whole));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Empty(await QueueCalls.BodiesAsync(host.Services, OutputFunctions.Out));
    }

    private static Task<RunningHost> StartAsync(Action<Microsoft.Azure.Functions.Worker.Builder.FunctionsApplicationBuilder>? configure = null) => RunningHost.StartAsync(
        [typeof(OutputFunctions)],
        builder =>
        {
            builder.Services.AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64()));
            configure?.Invoke(builder);
        },
        localSettings: """{ "Values": { "Next": "next" } }""");

    private static Task<HttpResponseMessage> PostAsync(RunningHost host, string function) =>
        host.Http.PostAsync(new Uri($"api/{function}", UriKind.Relative), content: null);

    public sealed class Answering : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
            context.GetInvocationResult().Value = (await context.GetHttpRequestDataAsync())!.CreateResponse(HttpStatusCode.Conflict);
    }

    public sealed class Replacing : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            await next(context);
            context.GetOutputBindings<object>().Single(static output => output.Name == "Texts").Value = new[] { "other" };
        }
    }
}
