using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace EmbeddedHost.Tests.Storage.Queues;

/// <summary>Tests over a queue of their own; a derived class says who serves it.</summary>
public abstract class QueueTests(Func<QueueClientOptions, QueueServiceClient> connect) : IAsyncLifetime
{
    protected static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    protected QueueServiceClient Service { get; } = connect(new QueueClientOptions());

    protected QueueClient Queue { get; private set; } = null!;

    /// <summary>Whether it is the emulator that serves, which is less exact than the service.</summary>
    protected virtual bool IsEmulator => false;

    public Task InitializeAsync()
    {
        Queue = Service.GetQueueClient(NewName());
        return Queue.CreateAsync();
    }

    public Task DisposeAsync() => Queue.DeleteIfExistsAsync();

    protected static string NewName() => "q-" + Guid.NewGuid().ToString("N");

    /// <summary>The same queue, through a client that encodes messages in another way.</summary>
    protected QueueClient Encoding(QueueMessageEncoding encoding) => Encoding(new QueueClientOptions { MessageEncoding = encoding });

    protected QueueClient Encoding(QueueClientOptions options) => connect(options).GetQueueClient(Queue.Name);

    protected async Task<QueueMessage> ReceiveOne(TimeSpan? visibility = null) => (await Queue.ReceiveMessageAsync(visibility)).Value;

    protected async Task<QueueMessage> ReceiveWhenVisible()
    {
        while (true)
        {
            if (await ReceiveOne() is { } message)
            {
                return message;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    protected async Task<IReadOnlyList<string>> Texts() => [.. (await Queue.PeekMessagesAsync(32)).Value.Select(static message => message.MessageText)];

    /// <summary>Calls, and checks what the service refuses the call with; its emulator may have no name for it.</summary>
    protected async Task Refused(int status, string errorCode, Func<Task> call, bool emulatorNamesIt = true)
    {
        var refusal = await Assert.ThrowsAnyAsync<RequestFailedException>(call);
        Assert.Equal(status, refusal.Status);
        if (emulatorNamesIt || !IsEmulator)
        {
            Assert.Equal(errorCode, refusal.ErrorCode);
        }
    }
}
