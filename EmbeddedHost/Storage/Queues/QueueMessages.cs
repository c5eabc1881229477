using System.Buffers.Binary;

namespace EmbeddedHost.Storage.Queues;

/// <summary>A message to be sent.</summary>
/// <param name="Queue">Where to.</param>
/// <param name="Text">What the queue stores: the body as the sender has encoded it.</param>
/// <param name="Delay">How long nobody sees it.</param>
/// <param name="TimeToLive">How long it stays; null: for ever.</param>
internal sealed record NewMessage(string Queue, string Text, TimeSpan Delay, TimeSpan? TimeToLive)
{
    /// <summary>A message as senders send it that ask for nothing else: seen at once, and kept for as long as the service keeps one.</summary>
    public NewMessage(string queue, string text)
        : this(queue, text, TimeSpan.Zero, QueueLimits.DefaultTimeToLive)
    {
    }

    public string Id { get; } = Guid.NewGuid().ToString();
}

/// <summary>A message as a queue has it. Times are UTC ticks.</summary>
internal sealed record StoredMessage(string Id, string Text, long Inserted, long Expires, long Visible, int Dequeued, long Receipt)
{
    /// <summary>A time that does not come.</summary>
    public const long Never = long.MaxValue;

    /// <summary>By which its receiver deletes or changes it, until it is received anew.</summary>
    public string PopReceipt => PopReceiptOf(Receipt);

    public static string PopReceiptOf(long receipt)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, receipt);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>A time as callers see it: the service's times are of whole seconds.</summary>
    public static DateTimeOffset TimeOf(long ticks) => ticks == Never
        ? new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero)
        : new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
