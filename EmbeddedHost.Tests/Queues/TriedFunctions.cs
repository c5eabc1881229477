using Azure.Data.Tables;
using Azure.Storage.Queues;
using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues;

/// <summary>Queue functions that go well, fail, or take their time; what they do is written to a table.</summary>
public sealed class TriedFunctions(Inbox inbox, TableServiceClient tables, TimeProvider time)
{
    public const string Orders = "orders";
    public const string Shipped = "shipped";
    public const string Bad = "bad";
    public const string Slow = "slow";

    [Function(nameof(Ship))]
    [QueueOutput(Shipped)]
    public async Task<string> Ship([QueueTrigger(Orders)] string order)
    {
        await WriteAsync(order, "packed");
        return order;
    }

    [Function(nameof(Note))]
    public Task Note([QueueTrigger(Shipped)] string order) => WriteAsync(order, "shipped");

    [Function(nameof(Fail))]
    public void Fail([QueueTrigger(Bad)] string order, string id, int dequeueCount)
    {
        inbox.Add($"{id} {dequeueCount} {time.GetUtcNow():HH:mm:ss}");
        throw new InvalidOperationException($"'{order}' always fails.");
    }

    [Function(nameof(Take))]
    public async Task Take([QueueTrigger(Slow)] string what, int dequeueCount, CancellationToken cancellation)
    {
        inbox.Add($"{what} {dequeueCount} begun {time.GetUtcNow():HH:mm:ss}");
        await Task.Delay(TimeSpan.FromHours(1), time, cancellation);
        inbox.Add($"{what} {dequeueCount} done {time.GetUtcNow():HH:mm:ss}");
    }

    private async Task WriteAsync(string order, string what)
    {
        var table = tables.GetTableClient(Orders);
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity(order, what));
    }
}

/// <summary>The app of these functions on a test host.</summary>
internal sealed class TriedApp : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TriedApp(string queues = "{}")
    {
        _ = _folder.Write("host.json", $$"""{ "extensions": { "queues": {{queues}} } }""");
        Options = new DurableTestHostOptions
        {
            FunctionTypes = [typeof(TriedFunctions)],
            ContentRoot = _folder.Path,
            Log = line => Lines.Enqueue(line),
            ConfigureServices = services => services
                .AddSingleton(Inbox)
                .AddSingleton(static _ => new TableServiceClient("UseDevelopmentStorage=true"))
                .AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64())),
        };
    }

    public DurableTestHostOptions Options { get; }

    public Inbox Inbox { get; } = new();

    public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

    public static Task SendAsync(DurableTestHost host, string queue, string text, TimeSpan? delay = null) =>
        host.RunAsync(() => QueueCalls.SendAsync(host.Services, queue, BinaryData.FromString(text), delay));

    public static Task<int> CountAsync(DurableTestHost host, string queue) => host.RunAsync(() => QueueCalls.CountAsync(host.Services, queue));

    public void Dispose() => _folder.Dispose();
}
