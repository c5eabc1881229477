using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Storage.Queues;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>The queues of a storage account, or of its emulator, through the released package's client.</summary>
/// <param name="connection">What leads there.</param>
/// <param name="settings">What <c>host.json</c> says of queues.</param>
/// <param name="clock">The host's clock.</param>
internal sealed class AccountQueueBackend(StorageConnection connection, QueueSettings settings, TimeProvider clock) : IQueueBackend
{
    private readonly QueueServiceClient _client = connection.Queues(new QueueClientOptions());

    // A failure of these is tried again by whoever asks.
    private readonly QueueServiceClient _asking = connection.Queues(new QueueClientOptions { Retry = { MaxRetries = 1 } });

    public ITriggerQueue TriggerQueue(string queue, ILogger logger) => new AccountTriggerQueue(
        _asking.GetQueueClient(queue),
        _client.GetQueueClient(queue),
        QueueLimits.NameRefusal(queue + QueueNames.PoisonSuffix) is null && !queue.EndsWith(QueueNames.PoisonSuffix, StringComparison.Ordinal)
            ? _client.GetQueueClient(queue + QueueNames.PoisonSuffix)
            : null,
        connection.Setting,
        settings,
        clock,
        logger);

    public async Task SendAsync(IReadOnlyList<NewMessage> messages)
    {
        foreach (var message in messages)
        {
            try
            {
                await SendAsync(_client.GetQueueClient(message.Queue), message.Text);
            }
            catch (Exception e) when (AccountErrors.Explain(e) is { } reason)
            {
                throw new InvalidOperationException(
                    $"A message could not be sent to the queue '{message.Queue}' of the connection '{connection.Setting}': {reason}.", e);
            }
        }
    }

    /// <summary>Sends a text as it is; a queue that is missing is created.</summary>
    public static async Task SendAsync(QueueClient queue, string text)
    {
        try
        {
            _ = await queue.SendMessageAsync(text);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            _ = await queue.CreateIfNotExistsAsync();
            _ = await queue.SendMessageAsync(text);
        }
    }

    /// <summary>Says that the account does not let one of its queues be used, and why; null: it does, though the queue may not be there.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="mayOnlySend">Whether it is enough to be allowed to send to the queue, which this does not try.</param>
    public async Task<string?> RefusalAsync(string queue, bool mayOnlySend)
    {
        // Somebody waits for the start.
        var options = new QueueClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(10) } };
        try
        {
            _ = await connection.Queues(options).GetQueueClient(queue).ExistsAsync();
            return null;
        }
        catch (RequestFailedException e) when (mayOnlySend && e.ErrorCode == QueueErrorCode.AuthorizationPermissionMismatch)
        {
            return null;
        }
        catch (Exception e) when (AccountErrors.Explain(e) is { } reason)
        {
            return $"the storage account of the connection '{connection.Setting}' cannot be used: {reason}.";
        }
    }
}
