using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>Removes ended instances.</summary>
internal sealed class PurgeWork(IReadOnlyList<string> ids) : CommitWork
{
    private readonly TaskCompletionSource _done = new();

    /// <summary>Completes when the work was committed by another thread.</summary>
    public Task Done => _done.Task;

    public int Purged { get; private set; }

    public override void Write(SqliteSession session)
    {
        Purged = 0;
        foreach (var id in ids)
        {
            Purged += HubWriter.Purge(session, id) ? 1 : 0;
        }
    }

    public override void Execute() => _done.SetResult();
}

/// <summary>Puts a client's message to an instance on disk, and then on its way.</summary>
internal sealed class SendWork(TaskHub hub, Letter letter) : CommitWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the message is on disk.</summary>
    public Task Done => _done.Task;

    public override void Write(SqliteSession session) =>
        HubWriter.InsertMail(session, letter.Message.MailSequence, letter.Id, letter.Key, letter.Message.Event!);

    // Here, and not in Execute: messages reach an instance in the order of their commits.
    public override void OnCommitted() => hub.DeliverMail([letter]);

    public override void Execute() => _ = Error is null ? _done.TrySetResult() : _done.TrySetException(Error);
}

/// <summary>Drops an event whose target is gone.</summary>
internal sealed class DropMailWork(long sequence) : CommitWork
{
    public override void Write(SqliteSession session) => HubWriter.DeleteMail(session, sequence);

    public override void Execute()
    {
        // Nobody waits for it; a row that stays is dropped at the next start.
    }
}
