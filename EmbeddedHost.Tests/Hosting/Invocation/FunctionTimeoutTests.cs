using System.Net;
using EmbeddedHost.Tests.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Hosting.Invocation;

/// <summary>Functions that take longer than <c>functionTimeout</c> of <c>host.json</c> allows.</summary>
public sealed class FunctionTimeoutTests
{
    private const string HostJson = """{"functionTimeout":"00:05:00"}""";

    [Theory]
    [InlineData("api/obedient")]
    [InlineData("api/deaf")]
    [InlineData("api/blocking")]
    public async Task HttpFunction_OverItsTime_Is504ThatNamesIt(string address)
    {
        var clock = new ManualClock();
        var work = new Work();
        await using var host = await StartAsync(clock, work);
        var answer = host.Http.GetAsync(new Uri(address, UriKind.Relative));
        await work.Entered.Task;

        clock.Advance(TimeSpan.FromMinutes(5));
        using var response = await answer;

        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        var detail = await response.Content.ReadAsStringAsync();
        Assert.Contains($"Function '{address[4..]}' took longer than host.json allows (functionTimeout 00:05:00)", detail, StringComparison.Ordinal);
        await work.Cancelled.Task;
        work.Release.SetResult();
        await work.ScopeFreed.Task;
    }

    [Fact]
    public async Task Activity_OverItsTime_FailsTheTask()
    {
        var clock = new ManualClock();
        var work = new Work();
        await using var host = await StartAsync(clock, work);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("call-slow");
        await work.Entered.Task;

        clock.Advance(TimeSpan.FromMinutes(5));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("slow: System.TimeoutException", ended.ReadOutputAs<string>());
        Assert.False(work.ScopeFreed.Task.IsCompleted);
        work.Release.SetResult();
        await work.ScopeFreed.Task;
    }

    [Fact]
    public async Task Entity_OverItsTime_FailsTheCall()
    {
        var clock = new ManualClock();
        var work = new Work();
        await using var host = await StartAsync(clock, work);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("call-slow-entity");
        await work.Entered.Task;

        clock.Advance(TimeSpan.FromMinutes(5));
        await work.Cancelled.Task;
        // Not before it has ended: an entity runs one batch at a time.
        work.Release.SetResult();
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("@slow-entity@x: System.TimeoutException", ended.ReadOutputAs<string>());
        await work.ScopeFreed.Task;
    }

    [Fact]
    public async Task HttpFunction_WithinItsTime_IsAnswered()
    {
        var work = new Work();
        work.Release.SetResult();
        await using var host = await StartAsync(new ManualClock(), work);

        Assert.Equal("done", await host.Http.GetStringAsync(new Uri("api/deaf", UriKind.Relative)));
    }

    [Fact]
    public async Task Orchestrator_TurnOverItsTime_RunsAgain()
    {
        var clock = new ManualClock();
        var work = new Work();
        await using var host = await StartAsync(clock, work);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("block-once");
        await work.Entered.Task;

        clock.Advance(TimeSpan.FromMinutes(5));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        work.Release.SetResult();

        Assert.Equal("again", ended.ReadOutputAs<string>());
    }

    private static Task<RunningHost> StartAsync(ManualClock clock, Work work) => RunningHost.StartAsync(
        [typeof(Slow), typeof(Stuck)], builder => builder.Services.AddSingleton(work).AddScoped<Scope>(), HostJson, clock: clock);

    public sealed class Work
    {
        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource ScopeFreed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Scope(Work work) : IDisposable
    {
        public void Dispose() => work.ScopeFreed.SetResult();
    }

    public sealed class Stuck(Work work)
    {
        [Function("block-once")]
        public string BlockOnce([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            if (!work.Entered.TrySetResult())
            {
                return "again";
            }

            work.Release.Task.Wait(CancellationToken.None);
            return "late";
        }
    }

    public sealed class Slow(Work work, Scope scope)
    {
        [Function("obedient")]
        public async Task<string> Obedient([HttpTrigger("get")] HttpRequestData request, CancellationToken cancellationToken)
        {
            Enter(cancellationToken);
            await work.Release.Task.WaitAsync(cancellationToken);
            return "done";
        }

        [Function("deaf")]
        public async Task<string> Deaf([HttpTrigger("get")] HttpRequestData request, FunctionContext context)
        {
            Enter(context.CancellationToken);
            await work.Release.Task;
            return "done";
        }

        [Function("blocking")]
        public string Blocking([HttpTrigger("get")] HttpRequestData request, CancellationToken cancellationToken)
        {
            Enter(cancellationToken);
            work.Release.Task.Wait(CancellationToken.None);
            return "done";
        }

        [Function("slow")]
        public async Task Activity([ActivityTrigger] string? input, CancellationToken cancellationToken)
        {
            Enter(cancellationToken);
            await work.Release.Task;
        }

        [Function("call-slow")]
        public static async Task<string> Call([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.CallActivityAsync("slow");
                return "done";
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName}: {e.FailureDetails.ErrorType}";
            }
        }

        [Function("slow-entity")]
        public Task Entity([EntityTrigger] TaskEntityDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.DispatchAsync(async _ =>
        {
            Enter(cancellationToken);
            await work.Release.Task;
            return null;
        });

        [Function("call-slow-entity")]
        public static async Task<string> CallEntity([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                await context.Entities.CallEntityAsync(new EntityInstanceId("slow-entity", "x"), "Go");
                return "done";
            }
            catch (EntityOperationFailedException e)
            {
                return $"{e.EntityId}: {e.FailureDetails.ErrorType}";
            }
        }

        private void Enter(CancellationToken cancellationToken)
        {
            Assert.NotNull(scope);
            _ = cancellationToken.Register(() => work.Cancelled.TrySetResult());
            work.Entered.SetResult();
        }
    }
}
