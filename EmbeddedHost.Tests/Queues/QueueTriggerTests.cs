using Azure.Storage.Queues;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues;

/// <summary>When queue functions run, how often, and what becomes of their messages, on virtual time.</summary>
public sealed class QueueTriggerTests
{
    [Fact]
    public async Task Trigger_MessageSent_RunsAtOnceAndDeletesIt()
    {
        using var app = new TriedApp();
        await using var host = await DurableTestHost.StartAsync(app.Options);

        await TriedApp.SendAsync(host, TriedFunctions.Slow, "a");
        await host.RunUntilIdleAsync();

        Assert.Equal(["a 1 begun 00:00:00"], app.Inbox.Take());
        Assert.Equal(1, await TriedApp.CountAsync(host, TriedFunctions.Slow));
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(["a 1 done 01:00:00"], app.Inbox.Take());
        Assert.Equal(0, await TriedApp.CountAsync(host, TriedFunctions.Slow));
    }

    [Fact]
    public async Task Trigger_MessageHiddenAtFirst_RunsWhenItIsVisible()
    {
        using var app = new TriedApp();
        await using var host = await DurableTestHost.StartAsync(app.Options);

        await TriedApp.SendAsync(host, TriedFunctions.Slow, "late", TimeSpan.FromMinutes(10));
        await host.AdvanceAsync(TimeSpan.FromMinutes(9));

        Assert.Empty(app.Inbox.Take());
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["late 1 begun 00:10:00"], app.Inbox.Take());
    }

    [Fact]
    public async Task Trigger_FunctionFails_IsTriedFiveTimesAndThenPoison()
    {
        using var app = new TriedApp("""{ "visibilityTimeout": "00:00:30" }""");
        await using var host = await DurableTestHost.StartAsync(app.Options);

        await TriedApp.SendAsync(host, TriedFunctions.Bad, "b");
        await host.RunUntilAsync(async () => await TriedApp.CountAsync(host, "bad-poison") == 1);

        Assert.Equal(
            ["1 00:00:00", "2 00:00:30", "3 00:01:00", "4 00:01:30", "5 00:02:00"],
            app.Inbox.Take().Select(static note => note[(note.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
        Assert.Equal(0, await TriedApp.CountAsync(host, TriedFunctions.Bad));
        Assert.Equal(["b"], await host.RunAsync(() => QueueCalls.BodiesAsync(host.Services, "bad-poison")));
        Assert.Contains(app.Lines, static line => line.Contains("was moved to 'bad-poison': it failed 5 times.", StringComparison.Ordinal));
        Assert.Equal(5, app.Lines.Count(static line => line.Contains("'b' always fails.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Trigger_MessageThatIsNotBase64_IsPoisonAtOnce()
    {
        using var app = new TriedApp();
        await using var host = await DurableTestHost.StartAsync(app.Options);

        await host.RunAsync(async () =>
        {
            await Plain(host).CreateAsync();
            await Plain(host).SendMessageAsync("not base64!");
        });
        await host.RunUntilIdleAsync();

        Assert.Equal(["not base64!"], (await host.RunAsync(() => Plain(host, "-poison").PeekMessagesAsync(32))).Value.Select(static message => message.MessageText));
        Assert.Empty(app.Inbox.Take());
        Assert.Contains(app.Lines, static line => line.Contains("extensions.queues.messageEncoding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trigger_ManyMessages_RunsNoMoreThanABatchBeyondTheThreshold()
    {
        using var app = new TriedApp("""{ "batchSize": 3, "newBatchThreshold": 1 }""");
        await using var host = await DurableTestHost.StartAsync(app.Options);

        foreach (var i in Enumerable.Range(0, 10))
        {
            await TriedApp.SendAsync(host, TriedFunctions.Slow, $"{i}");
        }

        await host.RunUntilIdleAsync();

        Assert.InRange(app.Inbox.Take().Count, 2, 4);
        await host.RunUntilAsync(async () => await TriedApp.CountAsync(host, TriedFunctions.Slow) == 0);
        Assert.True(host.Clock.Elapsed >= TimeSpan.FromHours(3), $"{host.Clock.Elapsed}");
    }

    [Fact]
    public async Task Trigger_HostCrashesInTheMiddle_ComesAgainAtTheNextStart()
    {
        using var app = new TriedApp();
        await using var host = await DurableTestHost.StartAsync(app.Options);
        await TriedApp.SendAsync(host, TriedFunctions.Slow, "a");
        await host.AdvanceAsync(TimeSpan.FromMinutes(30));

        host.Crash();
        await host.RestartAsync();
        await host.RunUntilAsync(async () => await TriedApp.CountAsync(host, TriedFunctions.Slow) == 0);

        Assert.Equal(["a 1 begun 00:00:00", "a 2 begun 00:30:00", "a 2 done 01:30:00"], app.Inbox.Take());
    }

    [Fact]
    public async Task Trigger_HostCrashesInEachAttempt_IsPoisonAfterFive()
    {
        using var app = new TriedApp();
        await using var host = await DurableTestHost.StartAsync(app.Options);
        await TriedApp.SendAsync(host, TriedFunctions.Slow, "a");
        for (var crash = 0; crash < 5; crash++)
        {
            await host.RunUntilIdleAsync();
            host.Crash();
            await host.RestartAsync();
        }

        await host.RunUntilIdleAsync();

        Assert.Equal(5, app.Inbox.Take().Count);
        Assert.Equal(1, await TriedApp.CountAsync(host, "slow-poison"));
        Assert.Equal(0, await TriedApp.CountAsync(host, TriedFunctions.Slow));
    }

    private static QueueClient Plain(DurableTestHost host, string suffix = "") =>
        host.Services.GetRequiredService<QueueClients>().Service(new QueueClientOptions()).GetQueueClient(TriedFunctions.Slow + suffix);
}
