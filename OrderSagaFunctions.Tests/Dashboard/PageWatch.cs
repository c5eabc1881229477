using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>
/// What goes wrong in pages, unseen: errors in the console (violations of the content security policy and answers of 400 and above
/// are among them), exceptions, requests that fail or go elsewhere than to the app.
/// </summary>
internal sealed class PageWatch(Uri app)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(Browser.Patience);

    private readonly List<IBrowserContext> _contexts = [];
    private readonly List<string> _expected = [];
    private readonly List<string> _allowed = [];
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly SemaphoreSlim _noted = new(initialCount: 0);

    /// <summary>Watches every page of a context.</summary>
    public void Add(IBrowserContext context)
    {
        _contexts.Add(context);

        // The browser asks for an icon where a page names none, once and at any time.
        context.Console += (_, message) =>
            Note(message.Type == "error" && !message.Location.Contains("/favicon.ico", StringComparison.Ordinal), $"Console: {message.Text} ({message.Location})");
        context.WebError += (_, error) => Note(wrong: true, $"Exception: {error.Error}");
        context.Page += (_, page) => page.Crash += (_, _) => Note(wrong: true, $"Crash: {page.Url}");

        // A page that goes, or changes its mind, aborts what it asked for.
        context.RequestFailed += (_, request) => Note(request.Failure != "net::ERR_ABORTED", $"Request: {request.Method} {request.Url}: {request.Failure}");
        context.Request += (_, request) => Note(!IsOfTheApp(request.Url), $"Elsewhere: {request.Method} {request.Url}, expected only {app}");
    }

    /// <summary>Problems with this text in them are part of the test.</summary>
    public void Expect(string text) => _expected.Add(text);

    /// <summary>Problems with this text in them are nobody's fault, whether they come or not.</summary>
    public void Allow(string text) => _allowed.Add(text);

    /// <summary>Waits until the expected problems are here, closes the contexts, and fails if there are others.</summary>
    public async Task EndAsync()
    {
        try
        {
            await UntilAllIsSaidAsync();
            await UntilTheExpectedIsHereAsync();
        }
        finally
        {
            foreach (var context in _contexts)
            {
                await context.CloseAsync();
            }

            _noted.Dispose();
        }

        var others = _problems.Where(problem => !_expected.Concat(_allowed).Any(text => problem.Contains(text, StringComparison.Ordinal))).ToList();
        Assert.True(others.Count == 0, $"Expected nothing to go wrong in the page, found:{Lines(others)}");
    }

    /// <summary>Lines below a sentence.</summary>
    public static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(static line => Environment.NewLine + line));

    // Events come in order: with a page's answer, all that it said before is here.
    private async Task UntilAllIsSaidAsync()
    {
        foreach (var page in _contexts.SelectMany(static context => context.Pages))
        {
            _ = await page.EvaluateAsync("0").WaitAsync(Patience);
        }
    }

    private async Task UntilTheExpectedIsHereAsync()
    {
        var since = Stopwatch.StartNew();
        while (_expected.Find(text => !_problems.Any(problem => problem.Contains(text, StringComparison.Ordinal))) is { } missing)
        {
            var left = Patience - since.Elapsed;
            Assert.True(
                left > TimeSpan.Zero && await _noted.WaitAsync(left), $"Expected '{missing}' to go wrong in the page, found:{Lines(_problems)}");
        }
    }

    private bool IsOfTheApp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme is "data" or "blob" || address.Authority == app.Authority);

    private void Note(bool wrong, string problem)
    {
        if (wrong)
        {
            _problems.Enqueue(problem);
            _ = _noted.Release();
        }
    }
}
