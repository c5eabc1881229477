using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>Somebody else's endpoint: checks signatures, keeps what comes, and answers as a test wants it to.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    public const string Secret = "whsec_" + Key;

    private const string Key = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private readonly ConcurrentQueue<Delivery> _accepted = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly SemaphoreSlim _came = new(0);
    private WebApplication? _server;
    private int _calls;

    /// <summary>Where it listens; a restart keeps it.</summary>
    public string Url { get; private set; } = "http://127.0.0.1:0";

    /// <summary>What it answers with; 200 where a test says nothing else.</summary>
    public Func<Delivery, CancellationToken, Task<IResult>> Answer { get; set; } = static (_, _) => Task.FromResult(Results.Ok());

    /// <summary>How often it was called.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>What it has answered with 200, in the order of the answers.</summary>
    public IReadOnlyList<Delivery> Accepted => [.. _accepted];

    /// <summary>What was wrong with calls.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>The settings of an app that delivers here.</summary>
    public Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Notifications__WebhookUrl"] = Url,
        ["Notifications__WebhookSecret"] = Secret,
    };

    public static async Task<WebhookReceiver> StartNewAsync()
    {
        var receiver = new WebhookReceiver();
        await receiver.StartAsync();
        return receiver;
    }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add(Url);
        // A delegate of any kind: as a RequestDelegate its result would be dropped.
        _ = _server.MapPost("/", (Delegate)ReceiveAsync);
        await _server.StartAsync();
        Url = _server.Urls.Single();
    }

    /// <summary>Goes down: connections are refused until it is started again.</summary>
    public ValueTask StopAsync() => _server!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _came.Dispose();
    }

    /// <summary>Waits until an order has told so much, at least once each.</summary>
    public async Task UntilToldAsync(string orderId, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (TypesOf(orderId).Count() < count)
        {
            await _came.WaitAsync(patience.Token);
        }
    }

    /// <summary>The types of an order's events, in the order in which each was first accepted.</summary>
    public IEnumerable<string> TypesOf(string orderId) =>
        Accepted.Where(delivery => delivery.OrderId == orderId).DistinctBy(static delivery => delivery.Id).Select(static delivery => delivery.Type);

    private async Task<IResult> ReceiveAsync(HttpContext call)
    {
        using var buffer = new MemoryStream();
        await call.Request.Body.CopyToAsync(buffer);
        var body = Encoding.UTF8.GetString(buffer.ToArray());
        Check(call.Request, body);
        var cloudEvent = JsonDocument.Parse(body).RootElement;
        var delivery = new Delivery(
            cloudEvent.GetProperty("subject").GetString()!, cloudEvent.GetProperty("id").GetString()!, cloudEvent.GetProperty("type").GetString()!, cloudEvent);
        _ = Interlocked.Increment(ref _calls);
        var answer = await Answer(delivery, call.RequestAborted);
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status200OK })
        {
            _accepted.Enqueue(delivery);
            _ = _came.Release();
        }

        return answer;
    }

    private void Check(HttpRequest request, string body)
    {
        var id = request.Headers["webhook-id"].ToString();
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        var mac = HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        if (request.Headers["webhook-signature"] != "v1," + Convert.ToBase64String(mac) || !long.TryParse(timestamp, CultureInfo.InvariantCulture, out _))
        {
            _faults.Enqueue($"wrong signature of {body}");
        }

        if (request.ContentType != "application/cloudevents+json; charset=utf-8")
        {
            _faults.Enqueue($"wrong type {request.ContentType}");
        }
    }
}

/// <summary>What a receiver was sent.</summary>
internal sealed record Delivery(string OrderId, string Id, string Type, JsonElement CloudEvent);
