using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Queues;

/// <summary>What tests do with the queues of a host: through the client that its app has registered.</summary>
internal static class QueueCalls
{
    /// <summary>Options of a client that encodes messages as queue triggers expect it.</summary>
    public static QueueClientOptions Base64() => new() { MessageEncoding = QueueMessageEncoding.Base64 };

    public static QueueClient Queue(IServiceProvider services, string queue) => services.GetRequiredService<QueueServiceClient>().GetQueueClient(queue);

    public static async Task<SendReceipt> SendAsync(IServiceProvider services, string queue, BinaryData body, TimeSpan? delay = null)
    {
        var client = Queue(services, queue);
        await client.CreateIfNotExistsAsync();
        return (await client.SendMessageAsync(body, visibilityTimeout: delay)).Value;
    }

    /// <summary>Messages in a queue, hidden ones included; none where there is no such queue.</summary>
    public static async Task<int> CountAsync(IServiceProvider services, string queue)
    {
        var client = Queue(services, queue);
        return await client.ExistsAsync() ? (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0;
    }

    /// <summary>Waits until a queue has so many messages.</summary>
    public static async Task CountAsync(IServiceProvider services, string queue, int count)
    {
        while (await CountAsync(services, queue) != count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>The bodies of the messages in a queue.</summary>
    public static async Task<IReadOnlyList<string>> BodiesAsync(IServiceProvider services, string queue)
    {
        var client = Queue(services, queue);
        return await client.ExistsAsync() ? [.. (await client.PeekMessagesAsync(32)).Value.Select(static message => message.Body.ToString())] : [];
    }
}

/// <summary>Keeps what a host logs.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
        // It holds nothing.
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{formatter(state, exception)} {exception}");

    public override string ToString() => string.Join(Environment.NewLine, _lines);

    /// <summary>Waits until a text is logged.</summary>
    /// <exception cref="TimeoutException">It was not, for long; the message has what was.</exception>
    public async Task HaveAsync(string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!ToString().Contains(text, StringComparison.Ordinal))
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"'{text}' was not logged within two minutes, but: {this}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
