using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost.Queues;

/// <summary>
/// A queue of a storage account, which is asked for messages: at once again while it has some, else after an interval that grows. A
/// queue that is missing is waited for, and so is an account that does not answer.
/// </summary>
/// <param name="queue">The queue, as it is asked.</param>
/// <param name="settling">The queue, as messages are settled: with more attempts.</param>
/// <param name="poison">Its poison queue; null: it has none.</param>
/// <param name="connection">The connection's name.</param>
/// <param name="settings">What <c>host.json</c> says of queues.</param>
/// <param name="clock">The host's clock.</param>
/// <param name="logger">The function's log.</param>
internal sealed partial class AccountTriggerQueue(
    QueueClient queue, QueueClient settling, QueueClient? poison, string connection, QueueSettings settings, TimeProvider clock, ILogger logger) : ITriggerQueue
{
    private readonly PollingInterval _interval = new(settings.MaxPollingInterval);
    private long _paused;
    private TimeSpan _pause;
    private bool _isLost;

    public string Name => queue.Name;

    public async Task<QueueBatch> ReceiveAsync(int count)
    {
        // The end of a function looks for more messages too.
        if (_pause - clock.GetElapsedTime(_paused) is { Ticks: > 0 } rest)
        {
            return new QueueBatch([], LookAfter: rest);
        }

        try
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(count, settings.HiddenAtOnce);
            Answered();
            if (messages.Length > 0)
            {
                _interval.Reset();
                return new QueueBatch([.. messages.Select(message => new AccountMessage(settling, poison, message, settings.HiddenAtOnce, clock))]);
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound || e.ErrorCode == QueueErrorCode.QueueBeingDeleted)
        {
            Answered();
        }
        catch (Exception e) when (AccountErrors.Explain(e) is { } reason)
        {
            if (!_isLost)
            {
                _isLost = true;
                LogLost(Name, connection, reason);
            }
        }

        _paused = clock.GetTimestamp();
        _pause = _interval.Next();
        return new QueueBatch([], LookAfter: _pause);
    }

    private void Answered()
    {
        if (_isLost)
        {
            _isLost = false;
            LogAnswers(Name, connection);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue '{Queue}' of the connection '{Connection}' gives no messages, and is asked again until it does: {Reason}.")]
    private partial void LogLost(string queue, string connection, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The queue '{Queue}' of the connection '{Connection}' answers again.")]
    private partial void LogAnswers(string queue, string connection);
}
