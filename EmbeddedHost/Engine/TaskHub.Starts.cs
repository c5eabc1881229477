using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine;

/// <content>What clients begin and send.</content>
internal sealed partial class TaskHub
{
    /// <summary>Starts an instance; the task completes when it is on disk.</summary>
    /// <param name="row">The instance.</param>
    /// <param name="dedupe">States of an ended instance of the same id that refuse the new one; null is none.</param>
    /// <exception cref="InvalidOperationException">The id belongs to an instance that has not ended, or is in one of those states.</exception>
    public Task StartInstanceAsync(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe = null) =>
        Enter(row, dedupe, out var change) is { } instance ? DriveAsync(instance) : StartAfterAsync(change, row, dedupe);

    private static Task DriveAsync(OrchestrationInstance started)
    {
        started.Drive(leaveAfterCommit: true);
        return started.Start!;
    }

    /// <summary>Brings a new instance into memory; null where another of its id is in the way, until <paramref name="change"/> completes.</summary>
    private OrchestrationInstance? Enter(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe, out Task change)
    {
        ThrowIfFaulted();
        change = Task.CompletedTask;
        if (!_live.HasAll && Reader.Find(row.Id, payloads: false) is { IsTerminal: false } sleeping)
        {
            // Its commit would be refused, but not before its code had run.
            throw InstanceIds.Taken(row.Id, sleeping.State);
        }

        var instance = new OrchestrationInstance(this, row, isNew: true, dedupe);
        while (!_live.TryAdd(instance))
        {
            if (!_live.TryGet(row.Id, out var other))
            {
                continue;
            }

            // Who is refused is to find the one that has the id: a start that is not on disk may be refused itself, and one
            // whose end is on disk is about to leave memory.
            var isOnDisk = other!.IsOnDisk;
            if (isOnDisk && Reader.Find(row.Id, payloads: false) is { IsTerminal: false } found)
            {
                throw InstanceIds.Taken(row.Id, found.State);
            }

            change = other.ChangeAsync(isOnDisk);
            return null;
        }

        return instance;
    }

    private async Task StartAfterAsync(Task change, InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe)
    {
        OrchestrationInstance? instance;
        do
        {
            await change;
            instance = Enter(row, dedupe, out change);
        }
        while (instance is null);

        await DriveAsync(instance);
    }

    /// <summary>
    /// Sends a message to an instance. The task completes when the message is on disk, whatever the instance is busy with;
    /// one that has ended gets none.
    /// </summary>
    public Task SendAsync(InstanceRow row, HistoryEvent e) => row.IsTerminal ? Task.CompletedTask : SendAsync(row.Id, row.Key, e);

    /// <summary>
    /// Sends a message to an instance or an entity. The task completes when it is on disk. <paramref name="key"/> 0: to
    /// whichever run has the id.
    /// </summary>
    public Task SendAsync(string id, long key, HistoryEvent e)
    {
        ThrowIfFaulted();
        var work = new SendWork(this, Letter.Of(id, key, e, NextMailSequence()));
        if (_database.Committer.Submit(work))
        {
            work.Execute();
        }

        return work.Done;
    }
}
