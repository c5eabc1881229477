using Azure.Storage.Queues;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues;

/// <summary>A stop while a queue function runs.</summary>
public sealed class QueueStopTests
{
    [Fact]
    public async Task Stop_FunctionRuns_IsCutOffAndItsMessageComesAtTheNextStart()
    {
        using var data = new TemporaryFolder();
        var inbox = new Inbox();
        await using (var first = await StartAsync(data, inbox))
        {
            await QueueCalls.SendAsync(first.Services, "endless", BinaryData.FromString("a"));
            Assert.Equal("a 1", await inbox.NextAsync());

            await first.StopAsync();

            Assert.Equal("a 1 cut off", await inbox.NextAsync());
        }

        await using var second = await StartAsync(data, inbox);
        Assert.Equal("a 2", await inbox.NextAsync());
    }

    [Fact]
    public async Task Stop_FunctionEndsInTime_ItsMessageIsDeleted()
    {
        using var data = new TemporaryFolder();
        var inbox = new Inbox();
        await using (var first = await StartAsync(data, inbox))
        {
            await QueueCalls.SendAsync(first.Services, "polite", BinaryData.FromString("a"));
            Assert.Equal("a 1", await inbox.NextAsync());
        }

        await using var second = await StartAsync(data, inbox);
        Assert.Equal(0, await QueueCalls.CountAsync(second.Services, "polite"));
    }

    private static Task<RunningHost> StartAsync(TemporaryFolder data, Inbox inbox) => RunningHost.StartAsync(
        [typeof(Functions)],
        builder => builder.Services.AddSingleton(inbox).AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64())),
        arguments: ["--data", data.Path]);

    private sealed class Functions(Inbox inbox, Microsoft.Extensions.Hosting.IHostApplicationLifetime lifetime)
    {
        [Function(nameof(Endless))]
        public async Task Endless([QueueTrigger("endless")] string text, int dequeueCount, CancellationToken cancellation)
        {
            inbox.Add($"{text} {dequeueCount}");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            }
            finally
            {
                inbox.Add($"{text} {dequeueCount} cut off");
            }
        }

        [Function(nameof(Polite))]
        public async Task Polite([QueueTrigger("polite")] string text, int dequeueCount)
        {
            inbox.Add($"{text} {dequeueCount}");
            var stopping = new TaskCompletionSource();
            await using var registration = lifetime.ApplicationStopping.Register(() => stopping.TrySetResult());
            await stopping.Task;
        }
    }
}
