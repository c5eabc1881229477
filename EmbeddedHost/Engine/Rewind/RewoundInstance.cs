using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Rewind;

/// <summary>A failed instance as it goes on: prepared before the commit that writes it.</summary>
/// <param name="Row">The instance as it failed.</param>
/// <param name="At">The time of its rewind: later than its failure.</param>
/// <param name="Turns">Its history in bytes.</param>
/// <param name="Late">Messages that it takes in again, with the numbers of their mail.</param>
internal sealed record RewoundInstance(InstanceRow Row, DateTime At, byte[] Turns, IReadOnlyList<(long Sequence, HistoryEvent Event)> Late)
{
    /// <summary>What wakes it: its late messages all at once, so that nothing that has an answer is started again.</summary>
    public IReadOnlyList<Letter> Letters =>
    [
        .. Late.Select(late => Letter.Of(Row.Id, Row.Key, late.Event, late.Sequence)),
        new Letter(Row.Id, Row.Key, new Message(Event: null)),
    ];

    /// <summary>Writes it, due at once. False: it has not failed any more, or since has failed anew, and nothing was written.</summary>
    public bool TryWrite(SqliteSession session)
    {
        if (!HubWriter.TryReopen(session, Row.Key, failed: Row.Updated, At, wakeAt: InstanceRow.AtOnce, Turns))
        {
            return false;
        }

        foreach (var (sequence, e) in Late)
        {
            HubWriter.InsertMail(session, sequence, Row.Id, Row.Key, e);
        }

        return true;
    }
}
