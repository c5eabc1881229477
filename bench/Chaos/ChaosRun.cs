using System.Diagnostics;

namespace Bench.Chaos;

/// <summary>
/// A loaded host killed with SIGKILL at random moments, while it starts too, and started again on the same folder. In the
/// end everything accepted has ended as it must, by the caller's own books and by the host's audit.
/// </summary>
internal sealed class ChaosRun(ChaosOptions options)
{
    // Into the load, and into a start: in milliseconds, from nothing to about as long as each lasts here.
    private const int LongestRun = 1500;
    private const int LongestStart = 500;
    private const int OneInSoManyStarts = 8;
    private const int KillsALine = 20;
    private static readonly TimeSpan LongestRestart = TimeSpan.FromMinutes(2);

    private readonly Random _dice = new(options.Seed);
    private readonly ChaosBooks _books = new();
    private readonly List<double> _restarts = [];
    private int _kills;

    /// <summary>Runs, prints what happened, and returns the exit code: 1 where anything was found.</summary>
    public async Task<int> RunAsync()
    {
        await using var host = await HostProcess.StartAsync(SagaRun.Settings(SagaPath.Compensate));
        using var client = new ChaosClient(host);
        var load = new ChaosLoad(client, _books, options);
        var clock = Stopwatch.StartNew();
        try
        {
            var running = load.RunAsync();
            while (_kills < options.Kills)
            {
                await Task.Delay(_dice.Next(LongestRun));
                await KillAsync(host);
                await StartAgainAsync(host, client);
            }

            load.Finish();
            await running;
            await CheckAsync(client);
        }
        catch (Exception e) when (e is InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            // The host did not start again, or does not answer any more.
            _books.Find(e.Message);
        }

        ChaosReport.Print(options, _kills, _books, client.LostAnswers, _restarts, clock.Elapsed);
        return _books.Findings.Count == 0 ? 0 : 1;
    }

    private async Task KillAsync(HostProcess host)
    {
        await host.KillAsync();
        if (++_kills % KillsALine == 0)
        {
            await Console.Error.WriteLineAsync($"{_kills} kills, {_books.Accepted.Count} orders accepted, {_books.Findings.Count} findings");
        }
    }

    private async Task StartAgainAsync(HostProcess host, ChaosClient client)
    {
        while (_kills < options.Kills && _dice.Next(OneInSoManyStarts) == 0)
        {
            var starting = host.StartAgainAsync();
            await Task.Delay(_dice.Next(LongestStart));
            await KillAsync(host);
            await Task.WhenAny(starting);
        }

        var clock = Stopwatch.StartNew();
        await host.StartAgainAsync().WaitAsync(LongestRestart);
        await client.FirstAnswerAsync();
        _restarts.Add(clock.Elapsed.TotalMilliseconds);
    }

    private async Task CheckAsync(ChaosClient client)
    {
        foreach (var order in _books.Accepted)
        {
            client.LosePatience();
            _books.Check(order, (await client.ReadOrderAsync(order.Id)).Body);
        }

        _books.CheckStock(await client.ReadAsync("/api/inventory"));
        _books.CheckAudit(await client.ReadAsync("/api/audit"));
    }
}
