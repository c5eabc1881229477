using System.Text.Json;
using Azure.Storage.Queues;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Storage.Azurite;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Tests.Queues.Accounts;

/// <summary>An app of <see cref="AccountFunctions"/> on queues of its own in the emulator; any number of hosts run it.</summary>
internal sealed class AccountApp : IAsyncDisposable
{
    private readonly string _suffix = Guid.NewGuid().ToString("N");

    private AccountApp(string connection)
    {
        Connection = connection;
        Client = new QueueServiceClient(connection, QueueCalls.Base64());
    }

    public string Connection { get; }

    public QueueServiceClient Client { get; }

    public Inbox Inbox { get; } = new();

    public Hold Hold { get; } = new();

    public LogLines Lines { get; } = new();

    public string In => $"in-{_suffix}";

    public string Out => $"out-{_suffix}";

    public string Poison => $"{In}-poison";

    public static async Task<AccountApp> OpenAsync() => new((await AzuriteServer.SharedAsync()).ConnectionString(AzuriteServer.FunctionsAccount));

    /// <summary>Starts a host.</summary>
    /// <param name="queues">The entries of <c>extensions.queues</c>.</param>
    /// <param name="connection">The connection string; null: the emulator's.</param>
    /// <param name="setting">The setting that holds it.</param>
    /// <param name="hidden">For how long messages are hidden at a time.</param>
    /// <param name="configure">What else the app registers.</param>
    /// <param name="functions">The functions.</param>
    /// <param name="trigger">The trigger's queue.</param>
    /// <param name="durableTask">The entries of <c>extensions.durableTask</c>.</param>
    /// <param name="arguments">The host's options.</param>
    public Task<RunningHost> StartAsync(
        string? queues = null,
        string? connection = null,
        string setting = "Shop",
        TimeSpan? hidden = null,
        Action<FunctionsApplicationBuilder>? configure = null,
        Type? functions = null,
        string? trigger = null,
        string durableTask = "",
        params string[] arguments) => RunningHost.StartAsync(
            [functions ?? typeof(AccountFunctions)],
            builder =>
            {
                builder.Services.AddSingleton(Inbox).AddSingleton(Hold).AddSingleton<ILoggerProvider>(Lines)
                    .AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64()));
                if (hidden is { } time)
                {
                    HideFor(builder.Services, time);
                }

                configure?.Invoke(builder);
            },
            $$"""{ "extensions": { "queues": { "maxPollingInterval": "00:00:00.200"{{(queues is null ? "" : $", {queues}")}} }, "durableTask": { {{durableTask}} } } }""",
            JsonSerializer.Serialize(new
            {
                Values = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [setting] = connection ?? Connection,
                    ["In"] = trigger ?? In,
                    ["Out"] = Out,
                    ["Own"] = "own",
                    ["OwnOut"] = "own-out",
                },
            }),
            arguments: arguments);

    /// <summary>The connection string of the way through a proxy.</summary>
    public string Through(CutProxy proxy) => Connection.Replace($":{Client.Uri.Port}/", $":{proxy.Port}/", StringComparison.Ordinal);

    public Task SendAsync(string text) => SendAsync(In, text);

    public async Task SendAsync(string queue, string text)
    {
        var client = Client.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(text);
    }

    /// <summary>Waits until a queue has so many messages, hidden ones included.</summary>
    public async Task CountAsync(string queue, int count)
    {
        var client = Client.GetQueueClient(queue);
        while ((await client.ExistsAsync() ? (await client.GetPropertiesAsync()).Value.ApproximateMessagesCount : 0) != count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>The bodies of the messages in a queue that can be received.</summary>
    public async Task<IReadOnlyList<string>> BodiesAsync(string queue) =>
        [.. (await Client.GetQueueClient(queue).PeekMessagesAsync(32)).Value.Select(static message => message.Body.ToString())];

    /// <summary>Waits until, by the emulator's clock, a time is over.</summary>
    public async Task ElapsedAsync(TimeSpan time)
    {
        var clock = Client.GetQueueClient($"clock-{_suffix}");
        await clock.CreateIfNotExistsAsync();
        await clock.SendMessageAsync("over", visibilityTimeout: time);
        while ((await clock.ReceiveMessagesAsync()).Value.Length == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await foreach (var queue in Client.GetQueuesAsync())
        {
            if (queue.Name.Contains(_suffix, StringComparison.Ordinal))
            {
                await Client.DeleteQueueAsync(queue.Name);
            }
        }
    }

    private static void HideFor(IServiceCollection services, TimeSpan time)
    {
        var settings = (HostSettings)services.Last(static service => service.ServiceType == typeof(HostSettings)).ImplementationInstance!;
        services.AddSingleton(settings with { Host = settings.Host with { Queues = settings.Host.Queues with { HiddenAtOnce = time } } });
    }
}
