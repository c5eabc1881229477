using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Bench.Abuse;

/// <summary>Many connections, each doing one thing that it should not after the other.</summary>
internal sealed class Abusers(Uri host, int connections)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(string Script, string Answer), int> _answers = new();

    /// <summary>How often each script got which answer.</summary>
    public IReadOnlyDictionary<(string Script, string Answer), int> Answers => _answers;

    /// <summary>Goes on until the token says so.</summary>
    public Task RunAsync(CancellationToken end) => Task.WhenAll(Enumerable.Range(0, connections).Select(number => AbuseAsync(number, end)));

    private async Task AbuseAsync(int number, CancellationToken end)
    {
        for (var i = number; !end.IsCancellationRequested; i++)
        {
            var script = AbuseScripts.All[i % AbuseScripts.All.Count];
            try
            {
                var answer = await PlayAsync(script, end);
                _ = _answers.AddOrUpdate((script.Name, answer), 1, static (_, count) => count + 1);
            }
            catch (SocketException)
            {
                // Nobody listens any more.
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<string> PlayAsync(AbuseScript script, CancellationToken end)
    {
        using var connection = await AbuseConnection.OpenAsync(host, end);
        // Each is connected all the time, and they do not move in step.
        _ = await Task.WhenAny(connection.Answer, Task.Delay(LongestSilence * Random.Shared.NextDouble(), end));
        try
        {
            await script.SendAsync(connection);
        }
        catch (SocketException)
        {
            // The host has ended the connection; what it said before that counts.
        }

        return await connection.Answer;
    }
}
