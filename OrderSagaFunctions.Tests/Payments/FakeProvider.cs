using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Tests.Payments;

/// <summary>A payment provider over HTTP that keeps its promises about money, and no other: calls go wrong as the test says.</summary>
internal sealed class FakeProvider : IAsyncDisposable
{
    public const string Key = "Bearer hush";
    public const string Prose = "Card 4242 4242 4242 4242 of Jane Doe";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ProviderFault>> _faults = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<TaskCompletionSource> _late = [];
    private readonly ConcurrentQueue<string> _calls = new();

    private FakeProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _ = _app.MapPost("/v1/{path}", http => AnswerAsync((string)http.Request.RouteValues["path"]!, http));
    }

    /// <summary>What it has taken and given back.</summary>
    public ProviderBooks Books { get; private set; } = new();

    /// <summary>Where its API is.</summary>
    public Uri Address => new(_app.Urls.Single() + "/v1");

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>Begins with empty books.</summary>
    public void Forget() => Books = new ProviderBooks();

    /// <summary>Lets so many of the next calls of a path go wrong.</summary>
    public FakeProvider Misbehave(string path, ProviderFault fault, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _faults.GetOrAdd(path, static _ => new()).Enqueue(fault);
        }

        return this;
    }

    /// <summary>How often a path was called.</summary>
    public int Calls(string path) => _calls.Count(call => call == path);

    /// <summary>Waits until it holds a call.</summary>
    public Task LateCallAsync() => _held.Task;

    /// <summary>Lets the calls act that were held, and waits until they have.</summary>
    public Task ActOnLateCallsAsync()
    {
        _ = _released.TrySetResult();
        return Task.WhenAll(_late.Select(static late => late.Task));
    }

    public async ValueTask DisposeAsync()
    {
        await ActOnLateCallsAsync();
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(string path, HttpContext http)
    {
        _calls.Enqueue(path);
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        if (key.Length == 0 || http.Request.Headers.Authorization != Key)
        {
            await AnswerAsync(http, 401, new { code = "no_key" });
            return;
        }

        var fault = _faults.TryGetValue(path, out var faults) && faults.TryDequeue(out var next) ? next : (ProviderFault?)null;
        if (fault is ProviderFault.FailAfterActing or ProviderFault.CutAfterActing or ProviderFault.Duplicate)
        {
            _ = Books.Act(path, key, body);
        }

        switch (fault)
        {
            case ProviderFault.FailBeforeActing or ProviderFault.FailAfterActing:
                await AnswerAsync(http, 500, new { detail = Prose });
                break;
            case ProviderFault.CutBeforeActing or ProviderFault.CutAfterActing:
                http.Abort();
                break;
            case ProviderFault.Refuse:
                await AnswerAsync(http, 402, new { code = "card_declined", detail = Prose });
                break;
            case ProviderFault.AnswerInProse:
                http.Response.StatusCode = 402;
                await http.Response.WriteAsync(Prose);
                break;
            case ProviderFault.AnswerByNumber:
                await AnswerAsync(http, 200, new { outcome = path == "debits" ? 0 : 1 });
                break;
            case ProviderFault.ActLate:
                await ActLateAsync(path, key, body);
                break;
            default:
                var (status, answer) = Books.Act(path, key, body);
                await AnswerAsync(http, status, answer);
                break;
        }
    }

    private async Task ActLateAsync(string path, string key, JsonElement body)
    {
        var acted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _late.Add(acted);
        _ = _held.TrySetResult();
        await _released.Task;
        _ = Books.Act(path, key, body);
        acted.SetResult();
    }

    private static Task AnswerAsync(HttpContext http, int status, object answer)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(answer);
    }
}
