using System.Diagnostics;

namespace Bench.Engines;

/// <summary>The same orders on both engines of the host: the embedded one, and the Durable Task Framework on a storage account.</summary>
internal sealed class EnginesRun(EnginesOptions options)
{
    private const string Deletions = "queue DELETE";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // That nothing is under way is believed if it lasts.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    // After orders, queues are polled often, then ever less: up to every 5 s, as host.json says.
    private static readonly TimeSpan Slowing = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    public async Task<int> RunAsync()
    {
        var (embedded, _) = await MeasureAsync("embedded", azurite: null);
        var (storage, requests) = await MeasureAsync("Azure Storage (Azurite)", await CountedAzurite.StartAsync());
        EnginesReport.Print([embedded, storage], requests!, options);
        return 0;
    }

    private async Task<(EngineFigures Figures, StorageFigures? Storage)> MeasureAsync(string name, CountedAzurite? azurite)
    {
        await Console.Error.WriteLineAsync($"{name}: {options.WarmUp} orders to warm up, {options.Alone} alone, {options.Orders} with {options.InFlight} in flight …");
        await using var host = await HostProcess.StartAsync(
            new Dictionary<string, string>(StringComparer.Ordinal) { ["Saga__FaultInjection"] = "false" }, azurite?.Connection);
        using var client = SagaRun.Client(options.InFlight);
        var run = new SagaRun(client, host.Address, SagaPath.Success);
        _ = await run.DriveAsync(options.WarmUp, options.InFlight);
        var alone = Times.Of(await run.DriveAsync(options.Alone, 1));
        var cpu = host.Cpu;
        var clock = Stopwatch.StartNew();
        var loaded = await run.DriveAsync(options.Orders, options.InFlight);
        var elapsed = clock.Elapsed;
        var cpuUsed = host.Cpu - cpu;
        var figures = new EngineFigures(
            name, options.Orders / elapsed.TotalSeconds, Times.Of(loaded), alone, cpuUsed.TotalMilliseconds / options.Orders);
        var storage = azurite is null ? null : await CountAsync(run, azurite);
        _ = await host.EndAsync();
        return (figures, storage);
    }

    // Whoever waits for an order has its instance read again and again: here nobody does.
    private async Task<StorageFigures> CountAsync(SagaRun run, CountedAzurite azurite)
    {
        await Console.Error.WriteLineAsync($"Requests to the account: of {options.Orders} orders at once, of {options.Alone} one by one, of a minute without any …");
        var (atOnce, seconds) = await CountAsync(run, azurite, async () => await run.SubmitAsync(options.Orders, options.InFlight));
        var (oneByOne, _) = await CountAsync(
            run,
            azurite,
            async () =>
            {
                List<string> ids = [];
                for (var i = 0; i < options.Alone; i++)
                {
                    ids.AddRange(await run.SubmitAsync(1, 1));
                    await Task.Delay(Apart);
                }

                return ids;
            });
        await Task.Delay(Slowing);
        var before = await azurite.CountAsync();
        await Task.Delay(Minute);
        return new StorageFigures(options.Orders, atOnce, seconds, options.Alone, oneByOne, (await azurite.CountAsync()).Since(before));
    }

    private static async Task<(Requests Requests, double Seconds)> CountAsync(
        SagaRun run, CountedAzurite azurite, Func<Task<IReadOnlyList<string>>> submit)
    {
        var (before, _) = await DrainAsync(azurite, Stopwatch.StartNew());
        var clock = Stopwatch.StartNew();
        var ids = await submit();
        var (after, end) = await DrainAsync(azurite, clock);

        // Each is looked at once it is counted: an order that went on after that would make the count a lie.
        foreach (var id in ids)
        {
            await run.FollowAsync(id);
        }

        return (await azurite.CountAsync()).Of(Deletions) == after.Of(Deletions)
            ? (after.Since(before), end.TotalSeconds)
            : throw new InvalidOperationException("Orders still went on when their requests had been counted: the machine is too busy for these figures.");
    }

    // Whatever is under way is a message: all is done when each that was put has been deleted.
    private static async Task<(Requests Requests, TimeSpan End)> DrainAsync(CountedAzurite azurite, Stopwatch clock)
    {
        var (requests, end) = (await azurite.CountAsync(), clock.Elapsed);
        for (var quiet = Stopwatch.StartNew(); quiet.Elapsed < Quiet; await Task.Delay(Look))
        {
            var now = await azurite.CountAsync();
            if (now.Of(Deletions) != requests.Of(Deletions) || now.Of("queue POST") > now.Of(Deletions))
            {
                (requests, end) = (now, clock.Elapsed);
                quiet.Restart();
            }
        }

        return (requests, end);
    }
}
