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
    public Task StartInstanceAsync(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe = null)
    {
        ThrowIfFaulted();
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

            if (!other!.IsOnDisk)
            {
                return StartAfterAsync(other, row, dedupe);
            }

            return Reader.Find(row.Id, payloads: false) is { IsTerminal: false } found
                ? throw InstanceIds.Taken(row.Id, found.State)
                : StartAfterEndAsync(other, row, dedupe);
        }

        instance.Drive(leaveAfterCommit: true);
        return instance.Start!;
    }

    /// <summary>
    /// Starts an instance once the driver of the one before, whose end is on disk, has let go of it. It may need this very
    /// thread for that: a test host has no other.
    /// </summary>
    private async Task StartAfterEndAsync(
        OrchestrationInstance ended, InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe)
    {
        do
        {
            await Task.Yield();
            ThrowIfFaulted();
        }
        while (_live.TryGet(row.Id, out var live) && live == ended);

        await StartInstanceAsync(row, dedupe);
    }

    /// <summary>Starts an instance once the start of another with its id is settled: who is refused is to find the one that has the id.</summary>
    private async Task StartAfterAsync(
        OrchestrationInstance other, InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe)
    {
        // It may be refused itself, and its caller is told. Or it is about to leave memory.
        await other.Start!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        // Its driver, which has yet to say so, comes first.
        await Task.Yield();
        await StartInstanceAsync(row, dedupe);
    }

    /// <summary>
    /// Sends a message to an instance. The task completes when the message is on disk, whatever the instance is busy with;
    /// one that has ended gets none.
    /// </summary>
    public Task SendAsync(InstanceRow row, HistoryEvent e)
    {
        ThrowIfFaulted();
        if (row.IsTerminal)
        {
            return Task.CompletedTask;
        }

        var work = new SendWork(this, Letter.Of(row.Id, row.Key, e, NextMailSequence()));
        if (_database.Committer.Submit(work))
        {
            work.Execute();
        }

        return work.Done;
    }
}
