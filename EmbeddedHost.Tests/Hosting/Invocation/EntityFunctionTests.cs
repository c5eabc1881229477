using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Entities;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Hosting.Invocation;

/// <summary>Entities of a Functions app, in each form that the worker has for them.</summary>
public sealed class EntityFunctionTests
{
    [Theory]
    [InlineData("ByClass")]
    [InlineData("ByState")]
    [InlineData("ByDelegate")]
    [InlineData("Renamed")]
    [InlineData("Registered")]
    public async Task Call_EntityOfAnyForm_KeepsItsState(string form)
    {
        await using var host = await StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.AddTwice), form);

        var end = await host.WaitForCompletionAsync(id);

        Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{end.FailureDetails}");
        Assert.Equal("7 it was too much", end.ReadOutputAs<string>());
        Assert.NotNull(await host.Client.Entities.GetEntityAsync(new EntityInstanceId(form, "k")));
    }

    [Fact]
    public async Task Signal_ThroughTheFunctionsOwnClient_ReachesTheEntity()
    {
        await using var host = await StartAsync();

        using var answer = await host.HttpClient.PostAsync(new Uri("/api/count/5", UriKind.Relative), content: null);
        await host.RunUntilIdleAsync();

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(5, (await host.Client.Entities.GetEntityAsync<int>(new EntityInstanceId("ByClass", "web")))!.State);
    }

    [Theory]
    [InlineData("Silent", "ended without having run its entity")]
    [InlineData("Broken", "no such thing")]
    [InlineData("Nobody", "not part of this app")]
    public async Task Call_FunctionThatRunsNothing_FailsTheCallAndSaysWhy(string entity, string reason)
    {
        var log = new List<string>();
        await using var host = await StartAsync(log);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Functions.AddTwice), entity);

        var end = await host.WaitForCompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains(reason, end.FailureDetails!.ErrorMessage, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(log, line => line.Contains(reason, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Signal_OperationFails_IsLogged()
    {
        var log = new List<string>();
        await using var host = await StartAsync(log);

        await host.Client.Entities.SignalEntityAsync(new EntityInstanceId("ByClass", "x"), "Fail");
        await host.RunUntilIdleAsync();

        Assert.Contains(log, static line => line.Contains("it was too much", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Signal_ForLater_ComesOnVirtualTime()
    {
        await using var host = await StartAsync();
        var id = new EntityInstanceId("ByClass", "later");
        var due = host.Clock.GetUtcNow() + TimeSpan.FromDays(30);

        await host.Client.Entities.SignalEntityAsync(id, "Add", 1, new SignalEntityOptions { SignalTime = due });
        await host.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Null(await host.Client.Entities.GetEntityAsync(id));
        host.Crash();
        await host.RestartAsync();
        await host.RunUntilIdleAsync();
        Assert.Null(await host.Client.Entities.GetEntityAsync(id));
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));

        var found = await host.Client.Entities.GetEntityAsync<int>(id);
        Assert.Equal(1, found!.State);
        Assert.Equal(due, found.LastModifiedTime);
    }

    private static Task<DurableTestHost> StartAsync(List<string>? log = null) => DurableTestHost.StartAsync(new DurableTestHostOptions
    {
        FunctionTypes = [typeof(Functions)],
        Log = log is null ? null : log.Add,
        ConfigureServices = static services =>
        {
            _ = services.AddSingleton(new Step(1));
            _ = services.Configure<DurableTaskRegistry>(static tasks => tasks.AddEntity<ServedCounter>("Registered"));
        },
    });

    public sealed record Step(int Size);

    /// <summary>A counter that takes a service.</summary>
    public sealed class ServedCounter(Step step) : TaskEntity<int>
    {
        public int Add(int amount) => State += amount * step.Size;

        public void Fail() => throw new InvalidOperationException("it was too much");
    }

    /// <summary>A state that has the operations itself.</summary>
    public sealed class Tally
    {
        public int Value { get; set; }

        public int Add(int amount) => Value += amount;

        public void Fail() => throw new InvalidOperationException("it was too much");
    }

    public static class Functions
    {
        [Function(nameof(AddTwice))]
        public static async Task<string> AddTwice([OrchestrationTrigger] TaskOrchestrationContext context, string entity)
        {
            var id = new EntityInstanceId(entity, "k");
            _ = await context.Entities.CallEntityAsync<int>(id, "Add", 3);
            var sum = await context.Entities.CallEntityAsync<int>(id, "Add", 4);
            try
            {
                await context.Entities.CallEntityAsync(id, "Fail");
                return $"{sum}";
            }
            catch (EntityOperationFailedException e)
            {
                return $"{sum} {e.FailureDetails.ErrorMessage}";
            }
        }

        [Function(nameof(Count))]
        public static Task Count(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "count/{amount:int}")] Microsoft.Azure.Functions.Worker.Http.HttpRequestData request,
            int amount,
            [DurableClient] DurableTaskClient client) =>
            client.Entities.SignalEntityAsync(new EntityInstanceId(nameof(ByClass), "web"), "Add", amount);

        [Function(nameof(ByClass))]
        public static Task ByClass([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<ServedCounter>();

        [Function(nameof(ByState))]
        public static Task ByState([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync<Tally>();

        [Function(nameof(OfAnotherName))]
        public static Task OfAnotherName([EntityTrigger(EntityName = "Renamed")] TaskEntityDispatcher dispatcher, FunctionContext context) =>
            dispatcher.DispatchAsync(ActivatorUtilities.CreateInstance<ServedCounter>(context.InstanceServices));

        [Function(nameof(ByDelegate))]
        public static Task ByDelegate([EntityTrigger] TaskEntityDispatcher dispatcher) => dispatcher.DispatchAsync(static operation =>
        {
            if (operation.Name == "Fail")
            {
                throw new InvalidOperationException("it was too much");
            }

            operation.State.SetState(operation.State.GetState<int>() + operation.GetInput<int>());
            return new ValueTask<object?>(operation.State.GetState<int>());
        });

        [Function(nameof(Silent))]
        public static void Silent([EntityTrigger] TaskEntityDispatcher dispatcher) => _ = dispatcher;

        [Function(nameof(Broken))]
        public static void Broken([EntityTrigger] TaskEntityDispatcher dispatcher) => throw new InvalidOperationException($"No such thing: {dispatcher.GetType()}.");
    }
}
