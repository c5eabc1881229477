using EmbeddedHost.Storage.Pairing;
using EmbeddedHost.Tests.Engine;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Hosting.Invocation;
using EmbeddedHost.Tests.Storage.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Framework;

/// <summary>A whole host on Azure Storage, where it does otherwise than one on the embedded engine.</summary>
public sealed class AzureStorageHostTests
{
    private readonly string _hub = $"host{Guid.NewGuid():N}";

    [Fact]
    public async Task Orchestrator_TurnOverFunctionTimeout_IsNotGivenUp()
    {
        var clock = new ManualClock();
        var work = new FunctionTimeoutTests.Work();
        await using var host = await StartAsync(work, clock);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("block-once");
        await work.Entered.Task;

        clock.Advance(TimeSpan.FromMinutes(5));
        // A turn that is given up runs again at once, and this one waits for nothing then.
        work.Release.SetResult();

        Assert.Equal("late", await OutputAsync(host, id));
    }

    [Fact]
    public async Task Start_DataOfAnotherFormat_IsNotChecked()
    {
        var work = new FunctionTimeoutTests.Work();
        work.Release.SetResult();
        string id;
        await using (var before = await StartAsync(work, formats: new DataFormats(1, 1)))
        {
            id = await before.Client.ScheduleNewOrchestrationInstanceAsync("block-once");
            Assert.Equal("late", await OutputAsync(before, id));
        }

        await using var after = await StartAsync(work, formats: new DataFormats(2, 2));

        Assert.Equal("late", await OutputAsync(after, id));
    }

    // The client's own wait looks again by the host's clock, which may stand still.
    private static async Task<string?> OutputAsync(RunningHost host, string id)
    {
        await HubFixture.UntilAsync(async () => await host.Client.GetInstanceAsync(id) is { IsCompleted: true }, "the instance's end");
        return (await host.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.ReadOutputAs<string>();
    }

    private async Task<RunningHost> StartAsync(FunctionTimeoutTests.Work work, TimeProvider? clock = null, DataFormats? formats = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return await RunningHost.StartAsync(
            [typeof(FunctionTimeoutTests.Stuck)],
            builder => builder.Services.AddSingleton(work),
            $$"""
            {
              "functionTimeout": "00:05:00",
              "extensions": { "durableTask": {
                "hubName": "{{_hub}}",
                "useAppLease": false,
                "storageProvider": { "partitionCount": 1, "maxQueuePollingInterval": "00:00:00.100" }
              } }
            }
            """,
            $$"""{ "Values": { "AzureWebJobsStorage": "{{azurite.ConnectionString(AzuriteServer.HubAccount)}}" } }""",
            clock,
            formats,
            "--engine", "AzureStorage");
    }
}
