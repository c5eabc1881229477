using Azure.Storage.Queues;
using EmbeddedHost.Tests.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues;

/// <summary>A stop while a queue function runs.</summary>
public sealed class QueueStopTests
{
    [Fact]
    public async Task Stop_FunctionRuns_IsCutOffAndItsMessageComesAgainAsIfItHadNotBeenTried()
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
        Assert.Equal("a 1", await inbox.NextAsync());
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

    [Fact]
    public async Task Setting_DisablesTheFunction_ItsMessagesStay()
    {
        using var data = new TemporaryFolder();
        var inbox = new Inbox();
        await using var host = await StartAsync(data, inbox, static builder => builder.Configuration["AzureWebJobs.Endless.Disabled"] = "true");

        await QueueCalls.SendAsync(host.Services, "endless", BinaryData.FromString("a"));
        await QueueCalls.SendAsync(host.Services, "polite", BinaryData.FromString("b"));

        Assert.Equal("b 1", await inbox.NextAsync());
        Assert.Equal(1, await QueueCalls.CountAsync(host.Services, "endless"));
    }

    private static Task<RunningHost> StartAsync(TemporaryFolder data, Inbox inbox, Action<FunctionsApplicationBuilder>? configure = null) => RunningHost.StartAsync(
        [typeof(Functions)],
        builder =>
        {
            configure?.Invoke(builder);
            _ = builder.Services.AddSingleton(inbox).AddSingleton(static _ => new QueueServiceClient("UseDevelopmentStorage=true", QueueCalls.Base64()));
        },
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
