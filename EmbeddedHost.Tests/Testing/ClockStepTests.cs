using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Testing;

public sealed record SleepInput(int Seconds, bool Again);

public static class Sleepers
{
    /// <summary>Sleeps for so many seconds, once at the start and once after each event "Again".</summary>
    [Function(nameof(Sleep))]
    public static async Task<DateTime> Sleep([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var (seconds, again) = context.GetInput<SleepInput>()!;
        await context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);
        if (again)
        {
            await context.WaitForExternalEvent<object?>("Again");
            await context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);
        }

        return context.CurrentUtcDateTime;
    }

    /// <summary>Waits for an event, and then for a child, as often as its input says.</summary>
    [Function(nameof(Parent))]
    public static async Task Parent([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var rounds = context.GetInput<int>();
        await context.WaitForExternalEvent<object?>("Go");
        await context.CallSubOrchestratorAsync(nameof(Child));
        if (rounds > 1)
        {
            context.ContinueAsNew(rounds - 1);
        }
    }

    [Function(nameof(Child))]
    public static Task<string> Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(Say), "done");

    [Function(nameof(Say))]
    public static string Say([ActivityTrigger] string text) => text;
}

/// <summary>A clock that is set while instances wait: by a time server, by an administrator, by a machine that slept.</summary>
public sealed class ClockStepTests
{
    // More than the host may take to notice that its clock was set.
    private static readonly TimeSpan Seconds = TimeSpan.FromSeconds(10);

    public static TheoryData<double> Hours => new(10 / 60d, 3, 48);

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Step_ForwardPastATimer_FiresItAndLaterOnesWithinSeconds(double hours)
    {
        await using var host = await OpenAsync();
        var passed = await SleepAsync(host, TimeSpan.FromHours(hours));
        var waiting = await SleepAsync(host, TimeSpan.FromHours(hours + 1));

        host.Clock.Step(TimeSpan.FromHours(hours));
        var retry = await SleepAsync(host, TimeSpan.FromSeconds(5));
        await host.WaitForCompletionAsync(passed);
        await host.WaitForCompletionAsync(retry);

        Assert.InRange(host.Clock.Elapsed, TimeSpan.Zero, Seconds);
        await host.WaitForCompletionAsync(waiting);
        Assert.Equal(TimeSpan.FromHours(1), host.Clock.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Step_BackBeforeATimer_FiresItWhenTheClockShowsItsTime(double hours)
    {
        await using var host = await OpenAsync();
        var due = host.Clock.GetUtcNow().UtcDateTime.AddMinutes(1);
        var sleeper = await SleepAsync(host, TimeSpan.FromMinutes(1));

        host.Clock.Step(-TimeSpan.FromHours(hours));
        var end = await host.WaitForCompletionAsync(sleeper);

        Assert.Equal(due, end.ReadOutputAs<DateTime>());
        Assert.Equal(TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(1), host.Clock.Elapsed);
    }

    [Theory]
    [MemberData(nameof(Hours))]
    public async Task Step_Back_WaitsThatBeginAfterItLastNoLonger(double hours)
    {
        await using var host = await OpenAsync();
        var sleeper = await SleepAsync(host, TimeSpan.FromSeconds(5), again: true);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        host.Clock.Step(-TimeSpan.FromHours(hours));
        await host.Client.RaiseEventAsync(sleeper, "Again");
        var end = await host.WaitForCompletionAsync(sleeper);

        Assert.Equal(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(5), host.Clock.Elapsed);
        Assert.True(end.LastUpdatedAt >= end.CreatedAt, $"created {end.CreatedAt:O}, updated {end.LastUpdatedAt:O}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Step_Back_ChildrenAndNextExecutionsStartAtOnce(int? warm)
    {
        await using var host = await OpenAsync(warm);
        var parent = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Sleepers.Parent), 2);
        await host.RunUntilIdleAsync();

        for (var round = 0; round < 2; round++)
        {
            host.Clock.Step(-TimeSpan.FromHours(3));
            await host.Client.RaiseEventAsync(parent, "Go");
            await host.RunUntilIdleAsync();
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(parent))!.RuntimeStatus);
    }

    [Fact]
    public async Task Step_BackWhileTheHostIsDown_WhatWasToStartStartsAtOnce()
    {
        var folder = Directory.CreateTempSubdirectory("clock-step-");
        try
        {
            for (var commit = 1; commit <= 6; commit++)
            {
                await using var host = await OpenAsync(folder: Path.Combine(folder.FullName, $"{commit}"));
                var parent = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Sleepers.Parent), 2);
                await host.RunUntilIdleAsync();
                host.CrashAt(commit, CrashMoment.AfterCommit);

                for (var round = 0; round < 2; round++)
                {
                    await host.PersistAsync(async () =>
                    {
                        host.Clock.Step(-TimeSpan.FromHours(3));
                        await host.Client.RaiseEventAsync(parent, "Go");
                        await host.RunUntilIdleAsync();
                    });
                }

                Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.Client.GetInstanceAsync(parent))!.RuntimeStatus);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Step_WhileTheHostIsDown_FiresWhatFellDueMeanwhile()
    {
        await using var host = await OpenAsync();
        var sleeper = await SleepAsync(host, TimeSpan.FromHours(24));
        host.Crash();

        host.Clock.Step(TimeSpan.FromDays(3));
        await host.RestartAsync();
        await host.WaitForCompletionAsync(sleeper);

        Assert.InRange(host.Clock.Elapsed, TimeSpan.Zero, Seconds);
    }

    private static Task<DurableTestHost> OpenAsync(int? warm = null, string? folder = null) => DurableTestHost.StartAsync(
        new DurableTestHostOptions { FunctionTypes = [typeof(Sleepers)], WarmOrchestrators = warm, Folder = folder });

    private static async Task<string> SleepAsync(DurableTestHost host, TimeSpan time, bool again = false)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(Sleepers.Sleep), new SleepInput((int)time.TotalSeconds, again));
        await host.RunUntilIdleAsync();
        return id;
    }
}
