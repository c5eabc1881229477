using Azure.Storage.Queues;
using EmbeddedHost.Tests.Storage.Azurite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EmbeddedHost.Tests.Queues.Accounts;

/// <summary>Functions that messages of a storage account's queue start, on the emulator.</summary>
public sealed class AccountTriggerTests
{
    [Fact]
    public async Task Trigger_QueueIsCreatedAfterTheStart_RunsSendsItsOutputsAndDeletesTheMessage()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync();

        await app.SendAsync("a");

        Assert.Equal("a 1", await app.Inbox.NextAsync());
        await app.CountAsync(app.In, 0);
        Assert.Equal(["a 1", "a 2"], await app.BodiesAsync(app.Out));
        Assert.Equal(["a"], await QueueCalls.BodiesAsync(host.Services, "own-out"));
    }

    [Fact]
    public async Task Trigger_FunctionFails_IsTriedAsOftenAsHostJsonSaysAndThenPoison()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync("\"maxDequeueCount\": 3");

        await app.SendAsync("bad");
        await app.CountAsync(app.Poison, 1);
        await app.CountAsync(app.In, 0);

        Assert.Equal(["bad 1", "bad 2", "bad 3"], app.Inbox.Take());
        Assert.Equal(["bad"], await app.BodiesAsync(app.Poison));
        await app.Lines.HaveAsync($"was moved to '{app.Poison}': it failed 3 times.");
    }

    [Fact]
    public async Task Trigger_FunctionFails_StaysHiddenForTheVisibilityTimeout()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync("\"maxDequeueCount\": 2, \"visibilityTimeout\": \"01:00:00\"");

        await app.SendAsync("bad");
        await app.Lines.HaveAsync("'bad' always fails.");
        await app.SendAsync("next");

        Assert.Equal("bad 1", await app.Inbox.NextAsync());
        Assert.Equal("next 1", await app.Inbox.NextAsync());
        await app.CountAsync(app.In, 1);
        Assert.Empty(await app.BodiesAsync(app.In));
    }

    [Fact]
    public async Task Trigger_MessageThatIsNotBase64_IsPoisonAtOnceAsItIs()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync();
        var plain = new QueueServiceClient(app.Connection);

        await plain.GetQueueClient(app.In).CreateAsync();
        await plain.GetQueueClient(app.In).SendMessageAsync("not base64!");
        await app.CountAsync(app.Poison, 1);

        Assert.Equal("not base64!", (await plain.GetQueueClient(app.Poison).PeekMessageAsync()).Value.MessageText);
        Assert.Empty(app.Inbox.Take());
        await app.Lines.HaveAsync("extensions.queues.messageEncoding");
    }

    [Fact]
    public async Task Trigger_PoisonQueueItself_HasNoFurtherOneAndFailedMessagesStayHidden()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync("\"maxDequeueCount\": 1", trigger: app.Poison);

        await app.SendAsync(app.Poison, "bad");
        await app.Lines.HaveAsync("which has no poison queue, stays there hidden");
        await app.SendAsync(app.Poison, "next");

        Assert.Equal("bad 1", await app.Inbox.NextAsync());
        Assert.Equal("next 1", await app.Inbox.NextAsync());
        await app.CountAsync(app.Poison, 1);
        Assert.Empty(await app.BodiesAsync(app.Poison));
    }

    [Fact]
    public async Task Trigger_ManyMessages_RunsNoMoreThanABatchBeyondTheThreshold()
    {
        await using var app = await AccountApp.OpenAsync();
        foreach (var i in Enumerable.Range(0, 10))
        {
            await app.SendAsync($"held {i}");
        }

        await using var host = await app.StartAsync("\"batchSize\": 3, \"newBatchThreshold\": 1");
        _ = await app.Inbox.NextAsync();
        _ = await app.Inbox.NextAsync();
        _ = await app.Inbox.NextAsync();
        // Hidden are those that were received, and no more are while these run.
        Assert.Equal(7, (await app.BodiesAsync(app.In)).Count);

        app.Hold.Free();
        await app.CountAsync(app.In, 0);

        Assert.Equal(7, app.Inbox.Take().Count);
        Assert.InRange(app.Hold.Most, 3, 4);
    }

    [Fact]
    public async Task Trigger_FunctionTakesLonger_ItsMessageStaysHidden()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync(hidden: TimeSpan.FromSeconds(3));

        await app.SendAsync("held");
        Assert.Equal("held 1", await app.Inbox.NextAsync());
        await app.ElapsedAsync(TimeSpan.FromSeconds(7));
        Assert.Empty(app.Inbox.Take());
        app.Hold.Free();
        await app.CountAsync(app.In, 0);

        Assert.Empty(app.Inbox.Take());
        Assert.DoesNotContain("was deleted or updated meanwhile", app.Lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trigger_SeveralHosts_EachMessageRunsOnce()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var first = await app.StartAsync("\"batchSize\": 2, \"newBatchThreshold\": 0");
        await using var second = await app.StartAsync("\"batchSize\": 2, \"newBatchThreshold\": 0");
        var sent = Enumerable.Range(0, 24).Select(static i => $"m{i:00}").ToArray();

        await Task.WhenAll(sent.Select(app.SendAsync));
        var got = new List<string>();
        while (got.Count < sent.Length)
        {
            got.Add(await app.Inbox.NextAsync());
        }

        await app.CountAsync(app.In, 0);
        Assert.Equal(sent.Select(static text => $"{text} 1"), got.Order(StringComparer.Ordinal));
        Assert.Empty(app.Inbox.Take());
    }

    [Fact]
    public async Task Stop_FunctionRuns_IsCutOffAndAnotherHostGetsItsMessageAtOnce()
    {
        await using var app = await AccountApp.OpenAsync();
        await using (var first = await app.StartAsync())
        {
            await app.SendAsync("held");
            Assert.Equal("held 1", await app.Inbox.NextAsync());
        }

        app.Hold.Free();
        await using var second = await app.StartAsync();

        Assert.Equal("held 2", await app.Inbox.NextAsync());
        await app.CountAsync(app.In, 0);
    }

    [Fact]
    public async Task Stop_MessageIsOnItsWay_IsGivenBackAndAnotherHostGetsItAtOnce()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var proxy = new CutProxy(app.Client.Uri.Port) { Holds = "<PopReceipt>" };
        await using (var first = await app.StartAsync(connection: app.Through(proxy)))
        {
            await app.SendAsync("a");
            await proxy.Held;

            var stop = first.StopAsync();
            Assert.True(first.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
            proxy.LetGo();
            await stop;
            Assert.Empty(app.Inbox.Take());
        }

        await using var second = await app.StartAsync();
        Assert.Equal("a 2", await app.Inbox.NextAsync());
    }

    [Fact]
    public async Task Stop_FunctionEndsInTime_ItsMessageIsDeleted()
    {
        await using var app = await AccountApp.OpenAsync();
        var host = await app.StartAsync();
        await app.SendAsync("held");
        Assert.Equal("held 1", await app.Inbox.NextAsync());

        var stop = host.StopAsync();
        app.Hold.Free();
        await stop;
        await host.DisposeAsync();

        await app.CountAsync(app.In, 0);
        Assert.Equal(["held 1", "held 2"], await app.BodiesAsync(app.Out));
    }
}
