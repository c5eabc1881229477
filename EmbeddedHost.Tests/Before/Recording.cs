using EmbeddedHost.Testing;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Before;

/// <summary>
/// Writes a data folder with what <see cref="RecordedApp"/> does, ended and under way. <c>before.zip</c> is what this wrote
/// when it and the app were compiled against the last host that had a replay of its own; its logs were checkpointed.
/// </summary>
internal static class Recording
{
    /// <summary>The orchestrators.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        nameof(RecordedApp.RetryingActivity), nameof(RecordedApp.RetryingChild), nameof(RecordedApp.Children), nameof(RecordedApp.Timers),
        nameof(RecordedApp.FanOut), nameof(RecordedApp.Events), nameof(RecordedApp.LeftWaiter), nameof(RecordedApp.Eternal),
        nameof(RecordedApp.Rewound),
    ];

    /// <summary>How an instance is left.</summary>
    public static readonly IReadOnlyList<string> Ends = ["open", "ended", "suspended", "terminated", "paused"];

    /// <summary>The app, in a folder.</summary>
    public static DurableTestHostOptions App(string folder)
    {
        // The host before ran instances of every version; by default one without a version waits with those that have one.
        File.WriteAllText(
            Path.Combine(folder, "host.json"), """{"version":"2.0","extensions":{"durableTask":{"versionMatchStrategy":"None"}}}""");
        return new()
        {
            FunctionTypes = [typeof(RecordedApp)],
            Folder = folder,
            ContentRoot = folder,
            // A rewind replays on a thread of its own.
            OutsideTime = TimeSpan.FromSeconds(30),
            Faults = [new Fault(nameof(RecordedApp.FailsOnce), FaultKind.Throw) { Attempt = 1 }],
        };
    }

    /// <summary>Records in a folder.</summary>
    public static async Task RecordAsync(string folder)
    {
        await using var host = await DurableTestHost.StartAsync(App(folder));
        foreach (var (name, end) in All.SelectMany(static name => Ends.Select(end => (name, end))))
        {
            var id = $"{name}-{end}";
            await BeginAsync(host, name, new StartOrchestrationOptions(id) { Version = "1.0" });
            if (end == "paused")
            {
                await host.Client.SuspendInstanceAsync(id, "maintenance");
            }

            await FeedAsync(host, id);
        }

        await host.AdvanceAsync(TimeSpan.FromMinutes(10));
        foreach (var name in All)
        {
            await host.Client.RaiseEventAsync($"{name}-ended", "Late", "late");
            await host.Client.RaiseEventAsync($"{name}-ended", "Go", "went");
            await host.Client.SuspendInstanceAsync($"{name}-suspended", "maintenance");
            await host.Client.RaiseEventAsync($"{name}-suspended", "Go", "went");
            await host.Client.TerminateInstanceAsync($"{name}-terminated", "enough");
        }

        await host.RunUntilIdleAsync();

        // Instances whose retries and timers are still to come.
        foreach (var name in All)
        {
            await BeginAsync(host, name, new StartOrchestrationOptions($"{name}-begun"));
        }
    }

    /// <summary>Raises what the orchestrators wait for before they wait for their end.</summary>
    public static async Task FeedAsync(DurableTestHost host, string id)
    {
        for (var i = 0; i < 3; i++)
        {
            await host.Client.RaiseEventAsync(id, "Next", "on");
            await host.Client.RaiseEventAsync(id, "Twice", i);
        }
    }
    private static async Task BeginAsync(DurableTestHost host, string name, StartOrchestrationOptions options)
    {
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync(name, input: 1, options);
        await host.RunUntilIdleAsync();
        if (name == nameof(RecordedApp.Rewound))
        {
            using var answer = await host.HttpClient.PostAsync(
                new Uri($"/runtime/webhooks/durabletask/instances/{id}/rewind?reason=mended", UriKind.Relative), content: null);
            _ = answer.EnsureSuccessStatusCode();
            await host.RunUntilIdleAsync();
        }
    }
}
