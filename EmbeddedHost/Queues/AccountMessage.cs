using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EmbeddedHost.Storage.Queues;

namespace EmbeddedHost.Queues;

/// <summary>
/// A message of a storage account's queue. It is hidden for a time, and until it is settled that is renewed when half of it is over:
/// after a crash it comes again once the time is up.
/// </summary>
internal sealed class AccountMessage : ReceivedMessage
{
    // Parts of the time for which it is hidden.
    private const int Renewal = 2;
    private const int ShortestRenewal = 20;

    private readonly QueueClient _queue;
    private readonly QueueClient? _poison;
    private readonly TimeSpan _hidden;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _settled = new();
    private readonly Task _renewals;
    private string _receipt;

    /// <param name="queue">Its queue.</param>
    /// <param name="poison">The queue for what cannot be worked on; null: there is none.</param>
    /// <param name="message">The message, just received.</param>
    /// <param name="hidden">For how long it is hidden.</param>
    /// <param name="clock">The host's clock.</param>
    public AccountMessage(QueueClient queue, QueueClient? poison, QueueMessage message, TimeSpan hidden, TimeProvider clock)
        : base(message)
    {
        _queue = queue;
        _poison = poison;
        _hidden = hidden;
        _clock = clock;
        _receipt = message.PopReceipt;
        _renewals = RenewAsync(_settled.Token);
    }

    public override IQueueBackend? CommitsWith => null;

    public override string? PoisonQueue => _poison?.Name;

    public override Task<bool> CompleteAsync(IReadOnlyList<NewMessage> outputs) => IfMineAsync(DeleteAsync);

    public override Task ReleaseAsync(TimeSpan delay) => IfMineAsync(() => _queue.UpdateMessageAsync(Message.MessageId, _receipt, visibilityTimeout: delay));

    public override Task ReturnAsync() => ReleaseAsync(TimeSpan.Zero);

    // In this order: a crash between the two leaves it in both queues, and in no case in none.
    public override Task<bool> PoisonAsync() => IfMineAsync(async () =>
    {
        await AccountQueueBackend.SendAsync(_poison!, Message.MessageText);
        await DeleteAsync();
    });

    public override async ValueTask DisposeAsync()
    {
        await EndRenewalsAsync();
        _settled.Dispose();
    }

    private Task DeleteAsync() => _queue.DeleteMessageAsync(Message.MessageId, _receipt);

    /// <summary>Settles it. False: somebody else has received, changed or deleted it since.</summary>
    private async Task<bool> IfMineAsync(Func<Task> settle)
    {
        // The last renewal's receipt is the one that counts.
        await EndRenewalsAsync();
        try
        {
            await settle();
            return true;
        }
        catch (RequestFailedException e) when (IsLost(e))
        {
            return false;
        }
    }

    private async Task EndRenewalsAsync()
    {
        await _settled.CancelAsync();
        await _renewals;
    }

    private async Task RenewAsync(CancellationToken settled)
    {
        var pause = _hidden / Renewal;
        while (true)
        {
            await Task.Delay(pause, _clock, settled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (settled.IsCancellationRequested)
            {
                return;
            }

            try
            {
                // Not cancelled: nobody would know whether the receipt is a new one.
                _receipt = (await _queue.UpdateMessageAsync(Message.MessageId, _receipt, visibilityTimeout: _hidden, cancellationToken: CancellationToken.None)).Value.PopReceipt;
                pause = _hidden / Renewal;
            }
            catch (RequestFailedException e) when (IsLost(e))
            {
                return;
            }
            catch (Exception e) when (AccountErrors.Explain(e) is not null)
            {
                // Sooner than usual, while it is still hidden.
                pause = TimeSpan.FromTicks(Math.Max(pause.Ticks / 2, _hidden.Ticks / ShortestRenewal));
            }
        }
    }

    private static bool IsLost(RequestFailedException e) =>
        e.ErrorCode == QueueErrorCode.MessageNotFound || e.ErrorCode == QueueErrorCode.PopReceiptMismatch
        || e.ErrorCode == QueueErrorCode.QueueNotFound || e.ErrorCode == QueueErrorCode.QueueBeingDeleted;
}
