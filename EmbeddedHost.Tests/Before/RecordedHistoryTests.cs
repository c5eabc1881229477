using System.IO.Compression;
using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Before;

/// <summary>What is on disk stays: histories of the host before are replayed and gone on from, as are those of now.</summary>
public sealed class RecordedHistoryTests : IDisposable
{
    private static readonly DateTimeOffset Later = new(2030, 1, 1, 1, 0, 0, TimeSpan.Zero);
    private static readonly string[] UnderWay = ["open", "suspended", "paused", "begun"];
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Replay_HistoriesOfTheHostBefore_AreWhatTheCodeDecides()
    {
        await using var host = await OpenBeforeAsync();

        Assert.Equal(72, await ReplayAllAsync(host));
    }

    [Fact]
    public async Task Replay_HistoriesOfNow_AreWhatTheCodeDecides()
    {
        await Recording.RecordAsync(_folder.Path);
        await using var host = await DurableTestHost.StartAsync(Recording.App(_folder.Path) with { Start = Later });

        Assert.Equal(72, await ReplayAllAsync(host));
    }

    [Fact]
    public async Task Replay_CodeThatDecidesOtherwise_SaysWhatAndWhere()
    {
        await using var host = await OpenBeforeAsync(typeof(ChangedApp));

        var different = Assert.Throws<HistoryAssertionException>(() => host.Replay("Eternal-ended"));

        // The first has only what the execution before has left.
        Assert.Contains("'Eternal-ended'", different.Message, StringComparison.Ordinal);
        Assert.Contains("turn 2 of ", different.Message, StringComparison.Ordinal);
        Assert.Contains("activity 'Echo'", different.Message, StringComparison.Ordinal);
        Assert.Contains("activity 'Fails'", different.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Open_InstancesOfTheHostBefore_EndAsTheyWouldHave(int? warm)
    {
        await using var host = await OpenBeforeAsync(warm: warm);

        foreach (var name in Recording.All)
        {
            await host.Client.ResumeInstanceAsync($"{name}-suspended", "done");
            await host.Client.ResumeInstanceAsync($"{name}-paused", "done");
            await Recording.FeedAsync(host, $"{name}-begun");
        }

        // Waits end that begin now: what comes late does so for them, too.
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));
        foreach (var id in Recording.All.SelectMany(static name => UnderWay.Select(end => $"{name}-{end}")))
        {
            await host.Client.RaiseEventAsync(id, "Late", "late");
            await host.Client.RaiseEventAsync(id, "Go", "went");
            var end = await host.WaitForCompletionAsync(id);
            Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"{id}: {end.RuntimeStatus}: {end.FailureDetails}");
            Assert.Equal("went", end.ReadOutputAs<string>());
        }

        Assert.Equal("late", (await host.Client.GetInstanceAsync("Timers-begun", getInputsAndOutputs: true))!.ReadCustomStatusAs<string>());
        _ = await ReplayAllAsync(host);
    }

    private static async Task<int> ReplayAllAsync(DurableTestHost host)
    {
        var count = 0;
        await foreach (var instance in host.Client.GetAllInstancesAsync())
        {
            host.Replay(instance.InstanceId);
            count++;
        }

        return count;
    }

    private Task<DurableTestHost> OpenBeforeAsync(Type? code = null, int? warm = null)
    {
        ZipFile.ExtractToDirectory(Path.Combine(AppContext.BaseDirectory, "Before", "before.zip"), _folder.Path);
        return DurableTestHost.StartAsync(
            Recording.App(_folder.Path) with { FunctionTypes = [code ?? typeof(RecordedApp)], Start = Later, WarmOrchestrators = warm });
    }

    /// <summary>The same with another activity.</summary>
    public static class ChangedApp
    {
        [Function(nameof(RecordedApp.Eternal))]
        public static Task<string> Eternal([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>(nameof(RecordedApp.Fails), "something else");
    }
}
