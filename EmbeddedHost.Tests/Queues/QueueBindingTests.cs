using Azure.Storage.Queues;
using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues;

/// <summary>What a queue function's parameters are given, and which bindings are refused at the start.</summary>
public sealed class QueueBindingTests
{
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["Parcels__Queue"] = "Parcels-Out",
        ["Parcels"] = "UseDevelopmentStorage=true",
    };

    [Fact]
    public async Task Trigger_ParameterOfEachType_GetsTheMessage()
    {
        await using var host = await StartAsync();
        var inbox = host.Services.GetRequiredService<Inbox>();

        var sent = await SendAsync(host, "texts", BinaryData.FromString("grüße"));
        Assert.Equal($"grüße {sent} 1 7.00:00:00", await inbox.NextAsync());
        await SendAsync(host, "bytes", BinaryData.FromBytes(new byte[] { 0, 0xFF, 0xFE }));
        Assert.Equal("00FFFE", await inbox.NextAsync());
        await SendAsync(host, "memory", BinaryData.FromBytes(new byte[] { 1, 0xFF }));
        Assert.Equal("01FF", await inbox.NextAsync());
        await SendAsync(host, "data", BinaryData.FromString("data"));
        Assert.Equal("data", await inbox.NextAsync());
        sent = await SendAsync(host, "messages", BinaryData.FromString("message"));
        Assert.Equal($"{sent} message 1 7.00:00:00", await inbox.NextAsync());
        await SendAsync(host, "numbers", BinaryData.FromString("41"));
        Assert.Equal("42", await inbox.NextAsync());
    }

    [Fact]
    public async Task Trigger_ObjectOfAQueueThatASettingNames_IsReadWithADurableClientBesideIt()
    {
        await using var host = await StartAsync();

        await SendAsync(host, "parcels-out", BinaryData.FromObjectAsJson(new { city = "Kyiv", weight = 3 }));

        Assert.Equal("3 kg to Kyiv", await host.Services.GetRequiredService<Inbox>().NextAsync());
    }

    [Fact]
    public async Task Start_QueueFunction_IsListedAsATrigger()
    {
        await using var host = await StartAsync();

        Assert.Contains("Text: queueTrigger", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trigger_TextThatIsNoObject_FailsNamingTheParameter()
    {
        var lines = new LogLines();
        await using var host = await StartAsync(lines);

        await SendAsync(host, "numbers", BinaryData.FromString("many"));
        await QueueCalls.CountAsync(host.Services, "numbers-poison", 1);

        Assert.Contains("Function 'Number', parameter 'number': expected a value of type Int32.", lines.ToString(), StringComparison.Ordinal);
        await lines.HaveAsync("was moved to 'numbers-poison': it failed 5 times.");
    }

    [Theory]
    [InlineData(typeof(UnknownSetting), "the setting 'NoSuch', which the queue name '%NoSuch%-in' asks for, is not set")]
    [InlineData(typeof(NoName), "'under_score' is no queue name")]
    [InlineData(typeof(Expression), "has an expression in braces")]
    [InlineData(typeof(NoConnection), "The storage connection 'Elsewhere' is not set")]
    [InlineData(typeof(OtherConnection), "Setting Shop is not a storage connection string")]
    [InlineData(typeof(UnknownParameter), "parameter 'size': nothing fills a 'Int64' here. Expected the [QueueTrigger], one of the names QueueTrigger, Id, DequeueCount")]
    [InlineData(typeof(OrchestratorOutput), "'Decide' is an orchestrator, which has no outputs")]
    [InlineData(typeof(EntityOutput), "'Count' is an entity, which has no outputs")]
    public async Task Start_BindingThatCannotBe_IsRefusedNamingTheFunction(Type functions, string expected)
    {
        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync(
            [functions],
            localSettings: """{ "Values": { "Shop": "AccountKey=c2VjcmV0" } }"""));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Function '", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync(LogLines? lines = null) => RunningHost.StartAsync(
        [typeof(BoundFunctions)],
        builder =>
        {
            builder.Services.AddSingleton<Inbox>().AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64()));
            if (lines is not null)
            {
                builder.Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerProvider>(lines);
            }
        },
        localSettings: System.Text.Json.JsonSerializer.Serialize(new { Values = Settings }));

    private static async Task<string> SendAsync(RunningHost host, string queue, BinaryData body) =>
        (await QueueCalls.SendAsync(host.Services, queue, body)).MessageId;

    private static class UnknownSetting
    {
        [Function(nameof(Run))]
        public static void Run([QueueTrigger("%NoSuch%-in")] string text) => _ = text;
    }

    private static class NoName
    {
        [Function(nameof(Run))]
        public static void Run([QueueTrigger("Under_Score")] string text) => _ = text;
    }

    private static class Expression
    {
        [Function(nameof(Run))]
        [QueueOutput("{name}-out")]
        public static string Run([QueueTrigger("texts")] string text) => text;
    }

    private static class NoConnection
    {
        [Function(nameof(Run))]
        public static void Run([QueueTrigger("texts", Connection = "Elsewhere")] string text) => _ = text;
    }

    private static class OtherConnection
    {
        [Function(nameof(Run))]
        [QueueOutput("texts", Connection = "Shop")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => request.Method;
    }

    private static class UnknownParameter
    {
        [Function(nameof(Run))]
        public static void Run([QueueTrigger("texts")] string text, long size) => _ = text + size;
    }

    private static class OrchestratorOutput
    {
        [Function("Decide")]
        [QueueOutput("texts")]
        public static Task<string> Run([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult(context.InstanceId);
    }

    private static class EntityOutput
    {
        [Function("Count")]
        [QueueOutput("texts")]
        public static Task Run([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync(static _ => default);
    }
}
