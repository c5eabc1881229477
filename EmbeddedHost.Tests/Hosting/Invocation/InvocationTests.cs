using EmbeddedHost.Engine.Contracts;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Hosting.Invocation;

public sealed class InvocationTests
{
    [Theory]
    [InlineData("sync", "3", "4")]
    [InlineData("task", "3", "4")]
    [InlineData("value-task", "3", "4")]
    [InlineData("ENDING", "3", null)]
    [InlineData("nothing", null, null)]
    [InlineData("record", """{"Value":3}""", """{"Value":4}""")]
    public async Task Activity_OfAnyShape_TakesItsPayloadAndGivesItsResult(string name, string? input, string? expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Activities)]);

        Assert.Equal(expected, await CallAsync(host, name, input));
    }

    [Fact]
    public async Task Activity_PayloadOfAnotherType_FailsNamingTheActivity()
    {
        await using var host = await RunningHost.StartAsync([typeof(Activities)]);

        var error = await Assert.ThrowsAsync<FunctionInputConverterException>(() => CallAsync(host, "record", "[]"));

        Assert.Contains("'record'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InstanceFunction_GetsItsServices_FromAScopeOfTheInvocation()
    {
        await using var host = await RunningHost.StartAsync(
            [typeof(Scoped)], builder => builder.Services.AddScoped<Resource>().AddSingleton<Journal>());

        _ = await CallAsync(host, "scoped", "\"a\"");
        _ = await CallAsync(host, "scoped", "\"b\"");

        var journal = host.Services.GetRequiredService<Journal>();
        Assert.Equal(["a", "function disposed", "resource disposed", "b", "function disposed", "resource disposed"], journal.Lines);
    }

    [Fact]
    public async Task FunctionContext_KnowsFunctionInstanceAndServices()
    {
        await using var host = await RunningHost.StartAsync([typeof(Contexts)]);

        Assert.Equal("\"context|i-1|httpless|1\"", await CallAsync(host, "context", "\"httpless\""));
    }

    [Fact]
    public async Task Middleware_RunsAroundEveryKindOfFunction_OutermostFirst()
    {
        var journal = new Journal();
        await using var host = await RunningHost.StartAsync([typeof(Activities), typeof(Started)], builder =>
        {
            builder.Services.AddSingleton(journal);
            builder.UseMiddleware<Outer>();
            builder.UseWhen(
                context => context.FunctionDefinition.Name == "sync",
                async (context, next) =>
                {
                    journal.Lines.Add("inner");
                    await next();
                    context.GetInvocationResult().Value = 40;
                });
        });

        var id = await host.Http.GetStringAsync(new Uri("api/start", UriKind.Relative));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("40", ended.SerializedOutput);
        Assert.Equal(["start", "orchestrate", "sync", "inner"], journal.Lines);
    }

    [Theory]
    [InlineData("sync", "3", "8")]
    [InlineData("record", """{"Value":3}""", """{"Value":4}""")]
    public async Task Middleware_AsksForTheArguments_TheFunctionGetsWhatItPutsInTheirPlace(string name, string input, string expected)
    {
        await using var host = await RunningHost.StartAsync([typeof(Activities)], builder => builder.UseMiddleware(async (context, next) =>
        {
            var inputs = context.Features.Get<IFunctionInputBindingFeature>()!;
            var values = (await inputs.BindFunctionInputAsync(context)).Values;
            values[0] = values[0] is int ? 7 : values[0];
            Assert.Same(values, (await inputs.BindFunctionInputAsync(context)).Values);
            await next();
        }));

        Assert.Equal(expected, await CallAsync(host, name, input));
    }

    [Fact]
    public async Task Middleware_CanAnswerInPlaceOfTheFunction()
    {
        await using var host = await RunningHost.StartAsync([typeof(Started)], builder => builder.UseMiddleware(async (context, _) =>
        {
            var request = await context.GetHttpRequestDataAsync();
            var response = request!.CreateResponse(System.Net.HttpStatusCode.Forbidden);
            context.GetInvocationResult().Value = response;
            Assert.Same(response, context.GetHttpResponseData());
        }));

        using var answer = await host.Http.GetAsync(new Uri("api/start", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("start", "$return")]
    [InlineData("outputs", "Answer")]
    public async Task Middleware_CanReplaceTheHttpOutput(string function, string output)
    {
        await using var host = await RunningHost.StartAsync([typeof(Started)], builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            var answer = context.GetOutputBindings<HttpResponseData>().Single();
            var response = (await context.GetHttpRequestDataAsync())!.CreateResponse(System.Net.HttpStatusCode.Gone);
            response.Headers.Add("X-Output", $"{answer.BindingType} {answer.Name}");
            answer.Value = response;
            Assert.Same(response, answer.Value);
        }));

        using var response = await host.Http.GetAsync(new Uri($"api/{function}", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal($"http {output}", response.Headers.GetValues("X-Output").Single());
    }

    [Theory]
    [InlineData("by-parameter")]
    [InlineData("by-context")]
    public async Task Orchestrator_WithItsInputBesideTheContext_GetsIt(string name)
    {
        await using var host = await RunningHost.StartAsync([typeof(Orchestrators)]);

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(name, new Activities.Box(20));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("20", ended.SerializedOutput);
    }

    [Fact]
    public async Task Parameter_ThatNothingFills_TakesItsDefault()
    {
        await using var host = await RunningHost.StartAsync([typeof(Contexts)]);

        Assert.Equal("\"a null 3\"", await CallAsync(host, "defaults", "\"a\""));
    }

    [Fact]
    public async Task Orchestrator_WithItsInputAsTheTrigger_GetsInputAndContext()
    {
        await using var host = await RunningHost.StartAsync([typeof(Orchestrators)]);

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("by-input", new Activities.Box(20));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal($"\"20 {id}\"", ended.SerializedOutput);
    }

    private static async Task<string?> CallAsync(RunningHost host, string activity, string? input)
    {
        var run = host.Services.GetRequiredService<IFunctionRegistry>().FindActivity(activity)!;
        var result = await run(
            new ActivityCall("i-1", activity, TaskId: 0, input is null ? null : System.Text.Encoding.UTF8.GetBytes(input)), CancellationToken.None);
        return result is null ? null : System.Text.Encoding.UTF8.GetString(result);
    }

    public static class Activities
    {
        public sealed record Box(int Value);

        [Function("sync")]
        public static int Sync([ActivityTrigger] int input) => input + 1;

        [Function("task")]
        public static async Task<int> Delayed([ActivityTrigger] int input, CancellationToken cancellationToken)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            return input + 1;
        }

        [Function("value-task")]
        public static ValueTask<int> Ready([ActivityTrigger] int input) => new(input + 1);

        [Function("ending")]
        public static async Task Ending([ActivityTrigger] int input) => await Task.Yield();

        [Function("nothing")]
        public static void Nothing([ActivityTrigger] string? input) => Assert.Null(input);

        [Function("record")]
        public static Box Add([ActivityTrigger] Box input) => input with { Value = input.Value + 1 };
    }

    public static class Contexts
    {
        [Function("context")]
        public static string Run([ActivityTrigger] string input, FunctionContext context) => string.Join(
            '|', context.FunctionDefinition.Name, context.BindingContext.BindingData["instanceId"], input,
            context.InstanceServices.GetServices<IFunctionRegistry>().Count());

        [Function("defaults")]
        public static string Defaults([ActivityTrigger] string input, Uri? address = null, int count = 3) =>
            $"{input} {address?.ToString() ?? "null"} {count}";
    }

    public static class Started
    {
        public sealed record Outputs(HttpResponseData Answer, string Message);

        [Function("outputs")]
        public static Outputs Several([HttpTrigger("get")] HttpRequestData request) => new(request.CreateResponse(), "one");

        [Function("start")]
        public static Task<string> Start([HttpTrigger("get")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
            client.ScheduleNewOrchestrationInstanceAsync("orchestrate");

        [Function("orchestrate")]
        public static Task<int> Orchestrate([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<int>("sync", 1);
    }

    public static class Orchestrators
    {
        [Function("by-input")]
        public static string Run([OrchestrationTrigger] Activities.Box input, TaskOrchestrationContext context) =>
            $"{input.Value} {context.InstanceId}";

        [Function("by-parameter")]
        public static int ByParameter([OrchestrationTrigger] TaskOrchestrationContext context, Activities.Box input) => input.Value;

        [Function("by-context")]
        public static int ByContext([OrchestrationTrigger] TaskOrchestrationContext context, FunctionContext function) =>
            context.GetInput<Activities.Box>()!.Value;
    }

    public sealed class Journal
    {
        public IList<string> Lines { get; } = [];
    }

    public sealed class Resource(Journal journal) : IDisposable
    {
        public void Dispose() => journal.Lines.Add("resource disposed");
    }

    public sealed class Scoped(Resource resource, Journal journal) : IAsyncDisposable
    {
        [Function("scoped")]
        public void Run([ActivityTrigger] string input)
        {
            Assert.NotNull(resource);
            journal.Lines.Add(input);
        }

        public ValueTask DisposeAsync()
        {
            journal.Lines.Add("function disposed");
            return ValueTask.CompletedTask;
        }
    }

    public sealed class Outer(Journal journal) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            journal.Lines.Add(context.FunctionDefinition.Name);
            return next(context);
        }
    }
}
