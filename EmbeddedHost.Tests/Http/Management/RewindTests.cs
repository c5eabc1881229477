using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using static EmbeddedHost.Tests.Http.Management.ManagedHost;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>POST <c>instances/{id}/rewind</c>.</summary>
public sealed class RewindTests
{
    [Fact]
    public async Task Rewind_Failed_Is202_AndGoesOnFromTheFailedStep()
    {
        var bank = new Bank();
        await using var host = await RunningHost.StartAsync([typeof(Payments)], builder => builder.Services.AddSingleton(bank));
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync("pay", new StartOrchestrationOptions("one"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Client.WaitForInstanceCompletionAsync("one")).RuntimeStatus);

        bank.IsOpen = true;
        Assert.Equal(HttpStatusCode.Accepted, await host.PostAsync("one/rewind?reason=the%20bank%20is%20open"));
        var ended = await host.Client.WaitForInstanceCompletionAsync("one", getInputsAndOutputs: true);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal("\"paid\"", ended.SerializedOutput);
        Assert.Equal(1, bank.Reservations);
        var status = await host.Http.GetFromJsonAsync<JsonElement>(Address($"{Instances}/one?showHistory=true"));
        var rewound = status.GetProperty("historyEvents").EnumerateArray().Single(row => row.GetProperty("EventType").GetString() == "ExecutionRewound");
        Assert.Equal("the bank is open", rewound.GetProperty("Reason").GetString());
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task Rewind_EndedWithoutFailure_Is412(OrchestrationRuntimeStatus status)
    {
        await using var host = await StartAsync();
        await host.StartEndedAsync("one", status);

        Assert.Equal(HttpStatusCode.PreconditionFailed, await host.PostAsync("one/rewind"));
    }

    [Fact]
    public async Task Rewind_Running_Is412()
    {
        await using var host = await StartAsync();
        await host.StartWaiterAsync("one");

        Assert.Equal(HttpStatusCode.PreconditionFailed, await host.PostAsync("one/rewind"));
        await host.Client.SuspendInstanceAsync("one");
        Assert.Equal(HttpStatusCode.PreconditionFailed, await host.PostAsync("one/rewind"));
    }

    [Fact]
    public async Task Rewind_Unknown_Is404()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.NotFound, await host.PostAsync("nobody/rewind"));
    }

    /// <summary>What the payments depend on.</summary>
    public sealed class Bank
    {
        public bool IsOpen { get; set; }

        public int Reservations { get; set; }
    }

    public sealed class Payments(Bank bank)
    {
        [Function("pay")]
        public static async Task<string> Pay([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("reserve");
            return await context.CallActivityAsync<string>("debit");
        }

        [Function("reserve")]
        public void Reserve([ActivityTrigger] object? input) => bank.Reservations++;

        [Function("debit")]
        public string Debit([ActivityTrigger] object? input) => bank.IsOpen ? "paid" : throw new InvalidOperationException("closed");
    }
}
