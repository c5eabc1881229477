using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace EmbeddedHost.Tests.Storage.Queues;

/// <summary>What the queue service promises, whoever serves it.</summary>
public abstract partial class QueueContract(Func<QueueClientOptions, QueueServiceClient> connect) : QueueTests(connect)
{
    [Fact]
    public async Task Create_QueueExists_IsRefusedWithOtherMetadataOnly()
    {
        Assert.Equal(204, (await Queue.CreateAsync()).Status);
        Assert.Null(await Queue.CreateIfNotExistsAsync());

        await Refused(409, "QueueAlreadyExists", () => Queue.CreateAsync(new Dictionary<string, string> { ["owner"] = "ada" }));
    }

    [Fact]
    public async Task Delete_QueueExists_RemovesItWithItsMessages()
    {
        await Queue.SendMessageAsync("one");

        Assert.Equal(204, (await Queue.DeleteAsync()).Status);

        Assert.False(await Queue.ExistsAsync());
        Assert.False((await Queue.DeleteIfExistsAsync()).Value);
        await Queue.CreateAsync();
        Assert.Empty(await Texts());
    }

    [Theory]
    [InlineData("ab", "OutOfRangeInput")]
    [InlineData("Upper", "InvalidResourceName")]
    [InlineData("under_score", "InvalidResourceName")]
    [InlineData("two--dashes", "InvalidResourceName")]
    [InlineData("-first", "InvalidResourceName")]
    [InlineData("last-", "InvalidResourceName")]
    [InlineData("a123456789012345678901234567890123456789012345678901234567890123", "OutOfRangeInput")]
    public async Task Create_NameInvalid_IsRefused(string name, string errorCode) =>
        await Refused(400, errorCode, () => Service.CreateQueueAsync(name));

    [Fact]
    public async Task AnyOperation_QueueMissing_IsRefused()
    {
        var missing = Service.GetQueueClient(NewName());

        await Refused(404, "QueueNotFound", () => missing.SendMessageAsync("one"));
        await Refused(404, "QueueNotFound", () => missing.ReceiveMessagesAsync());
        await Refused(404, "QueueNotFound", () => missing.PeekMessagesAsync());
        await Refused(404, "QueueNotFound", () => missing.ClearMessagesAsync());
        await Refused(404, "QueueNotFound", () => missing.GetPropertiesAsync());
        await Refused(404, "QueueNotFound", () => missing.SetMetadataAsync(new Dictionary<string, string>()));
        await Refused(404, "QueueNotFound", () => missing.DeleteAsync());
        await Refused(404, "QueueNotFound", () => missing.DeleteMessageAsync($"{Guid.NewGuid()}", "AAAAAAAAAAE="));
        Assert.False(await missing.ExistsAsync());
    }

    [Fact]
    public async Task GetQueues_PrefixAndPages_ListsByNameWithMetadata()
    {
        var prefix = NewName()[..20];
        // In the order of their names: the emulator takes pages by age, and never ends otherwise.
        foreach (var end in (string[])["-a", "-b", "-c"])
        {
            await Service.CreateQueueAsync(prefix + end, new Dictionary<string, string> { ["end"] = end });
        }

        var pages = await Service.GetQueuesAsync(QueueTraits.Metadata, prefix).AsPages(pageSizeHint: 2).ToListAsync();

        Assert.Equal([2, 1], pages.Select(static page => page.Values.Count));
        Assert.Equal(["-a", "-b", "-c"], pages.SelectMany(static page => page.Values).Select(static queue => queue.Metadata["end"]));
        Assert.Null((await Service.GetQueuesAsync(prefix: prefix).FirstAsync()).Metadata);
        foreach (var end in (string[])["-a", "-b", "-c"])
        {
            await Service.DeleteQueueAsync(prefix + end);
        }
    }

    [Fact]
    public async Task GetProperties_MessagesAndMetadata_AreCountedAndReplaced()
    {
        await Queue.SetMetadataAsync(new Dictionary<string, string> { ["owner"] = "ada", ["team"] = "red" });
        await Queue.SetMetadataAsync(new Dictionary<string, string> { ["owner"] = "bob" });
        await Queue.SendMessageAsync("seen");
        await Queue.SendMessageAsync("hidden", visibilityTimeout: TimeSpan.FromMinutes(5));

        var properties = (await Queue.GetPropertiesAsync()).Value;

        Assert.Equal(2, properties.ApproximateMessagesCount);
        Assert.Equal("bob", Assert.Single(properties.Metadata).Value);
    }
}
