using EmbeddedHost.Hosting;
using EmbeddedHost.Tests.Engine;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Hosting.Invocation;

/// <summary>Orchestrators and activities that are classes.</summary>
public sealed class RegisteredTasksTests
{
    [Fact]
    public async Task Run_ClassesAndMethods_CallEachOtherAndTakeServices()
    {
        await using var host = await StartAsync(tasks =>
        {
            _ = tasks.AddOrchestrator<Welcome>();
            _ = tasks.AddActivity<Greet>();
            _ = tasks.AddActivityFunc<string, string>("Shout", static (_, text) => text.ToUpperInvariant());
        });

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Welcome), new Guest("Ada", 3));
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal("HELLO ADA, SEAT 3 [" + id + "] <Ada>", ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Run_ClassActivityThrows_FailsAsAnyOther()
    {
        await using var host = await StartAsync(tasks =>
        {
            _ = tasks.AddOrchestratorFunc("Try", static context => context.CallActivityAsync(nameof(Refuse)));
            _ = tasks.AddActivity<Refuse>();
        });

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Try");
        var ended = await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("no seat left", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClassAndMethodOfOneName_IsRefused()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(
            () => StartAsync(static tasks => tasks.AddActivityFunc<string, string>(nameof(Methods.Mark), static (_, text) => text)));

        Assert.Contains("Function 'Mark' is declared 2 times", error.Message, StringComparison.Ordinal);
    }

    private static Task<RunningHost> StartAsync(Action<DurableTaskRegistry> register) => RunningHost.StartAsync(
        [typeof(Methods)],
        builder =>
        {
            _ = builder.Services.AddSingleton(new Seats());
            _ = builder.ConfigureDurableWorker().AddTasks(register);
        },
        clock: new ManualClock());

    public sealed record Guest(string Name, int Seat);

    public sealed class Seats
    {
        public string Label(int seat) => $"seat {seat}";
    }

    public static class Methods
    {
        [Function(nameof(Mark))]
        public static string Mark([ActivityTrigger] string name) => $"<{name}>";
    }

    public sealed class Welcome : TaskOrchestrator<Guest, string>
    {
        public override async Task<string> RunAsync(TaskOrchestrationContext context, Guest input)
        {
            var greeting = await context.CallActivityAsync<string>(nameof(Greet), input);
            var mark = await context.CallActivityAsync<string>(nameof(Methods.Mark), input.Name);
            return $"{await context.CallActivityAsync<string>("Shout", greeting)} [{context.InstanceId}] {mark}";
        }
    }

    public sealed class Greet(Seats seats) : TaskActivity<Guest, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, Guest input) =>
            Task.FromResult($"Hello {input.Name}, {seats.Label(input.Seat)}");
    }

    public sealed class Refuse : TaskActivity<string?, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string? input) => throw new InvalidOperationException("no seat left");
    }
}
