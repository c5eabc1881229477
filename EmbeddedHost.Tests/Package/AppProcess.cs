using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace EmbeddedHost.Tests.Package;

/// <summary>An app that runs as a process of its own.</summary>
internal sealed partial class AppProcess : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Channel<Uri> _addresses = Channel.CreateUnbounded<Uri>();
    private readonly Process _process;

    private AppProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Look(line.Data);
        process.ErrorDataReceived += (_, line) => Look(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Calls the app, wherever it listens now.</summary>
    public HttpClient Http { get; private set; } = new();

    /// <summary>What it has printed.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="start">The command, whose output is read.</param>
    /// <exception cref="InvalidOperationException">It ended before; the message has what it printed.</exception>
    public static async Task<AppProcess> StartAsync(ProcessStartInfo start)
    {
        var app = new AppProcess(Process.Start(start)!);
        try
        {
            await app.UntilItListensAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until it listens; where it has done so before, until it does again.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has what it printed.</exception>
    public async Task UntilItListensAsync()
    {
        var address = _addresses.Reader.ReadAsync().AsTask();
        if (await Task.WhenAny(address, EndAsync()).WaitAsync(DotnetTool.Patience) != address)
        {
            throw new InvalidOperationException($"'dotnet {string.Join(' ', _process.StartInfo.ArgumentList)}' ended before the app listened:{Environment.NewLine}{Output}");
        }

        Http.Dispose();
        Http = new HttpClient { BaseAddress = await address };
    }

    /// <summary>Asks for a document until it is as a condition wants it.</summary>
    /// <param name="path">Where the document is.</param>
    /// <param name="condition">The condition.</param>
    /// <exception cref="TimeoutException">It never was; the message has what it was last.</exception>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> condition)
    {
        using var patience = new CancellationTokenSource(DotnetTool.Patience);
        JsonElement document = default;
        try
        {
            do
            {
                document = await Http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), patience.Token);
            }
            while (!condition(document));
            return document;
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"{path} was not as expected within {DotnetTool.Patience}. The last answer was {document}.", late);
        }
    }

    /// <summary>Waits until it has ended, which something else makes it do.</summary>
    public Task EndAsync() => _process.WaitForExitAsync();

    /// <summary>Ends it at once, as <c>kill -9</c> does, with what it has started.</summary>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Look(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = _addresses.Writer.TryWrite(new Uri(match.Groups["origin"].Value));
            }
        }
    }

    // As the host prints its page's address, once a start.
    [GeneratedRegex(@"^Instances: (?<origin>http://localhost:\d+)/", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listening();
}
