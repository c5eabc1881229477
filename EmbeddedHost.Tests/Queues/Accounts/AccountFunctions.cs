using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace EmbeddedHost.Tests.Queues.Accounts;

/// <summary>Functions that are bound to queues of a storage account, and to some of the host's own.</summary>
public sealed class AccountFunctions(Inbox inbox, Hold hold)
{
    /// <summary>Fails on what begins with "bad", and works on what begins with "held" until the test frees it.</summary>
    [Function(nameof(Work))]
    public async Task<Sent> Work([QueueTrigger("%In%", Connection = "Shop")] string text, int dequeueCount, CancellationToken cancellation)
    {
        inbox.Add($"{text} {dequeueCount}");
        if (text.StartsWith("held", StringComparison.Ordinal))
        {
            await hold.WaitAsync(cancellation);
        }

        return text.StartsWith("bad", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"'{text}' always fails.")
            : new Sent { Away = [$"{text} 1", $"{text} 2"], Here = text };
    }

    [Function(nameof(Forward))]
    [QueueOutput("%Out%", Connection = "Shop")]
    public static string Forward([QueueTrigger("%Own%")] string text) => text;

    [Function(nameof(Post))]
    [QueueOutput("%Out%", Connection = "Shop")]
    public static string Post([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request) => request.Method;

    public sealed class Sent
    {
        [QueueOutput("%Out%", Connection = "Shop")]
        public string[]? Away { get; init; }

        [QueueOutput("%OwnOut%")]
        public string? Here { get; init; }
    }
}

/// <summary>A function with queues of an account alone.</summary>
public sealed class AccountOnlyFunctions(Inbox inbox)
{
    [Function(nameof(Take))]
    [QueueOutput("%Out%", Connection = "Shop")]
    public string Take([QueueTrigger("%In%", Connection = "Shop")] string text)
    {
        inbox.Add(text);
        return text;
    }
}

/// <summary>A function with queues of the app's own storage.</summary>
public sealed class OwnStorageFunctions(Inbox inbox)
{
    [Function(nameof(Take))]
    [QueueOutput("%Out%")]
    public string Take([QueueTrigger("%In%")] string text)
    {
        inbox.Add(text);
        return text;
    }
}

/// <summary>Holds functions back until the test frees them, and knows how many were held at once.</summary>
public sealed class Hold
{
    private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _held;

    /// <summary>The most that were held at once.</summary>
    public int Most { get; private set; }

    public void Free() => _free.TrySetResult();

    public async Task WaitAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            Most = Math.Max(Most, ++_held);
        }

        try
        {
            await _free.Task.WaitAsync(cancellation);
        }
        finally
        {
            lock (_gate)
            {
                _held--;
            }
        }
    }
}
