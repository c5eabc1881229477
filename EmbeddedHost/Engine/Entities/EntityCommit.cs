using System.Globalization;
using DurableTask.Core.Entities;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Entities;

/// <summary>
/// What one commit of an entity writes: its state and lock, without the mail that it has taken in, and with all that its
/// operations send and start.
/// </summary>
internal sealed class EntityCommit(TaskHub hub, EntityRow row) : CommitWork
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Letter> _sent = [];
    private readonly List<InstanceRow> _started = [];
    private readonly HashSet<long> _refused = [];
    private IReadOnlyList<long> _taken = [];

    /// <summary>Completes when the work was committed by another thread.</summary>
    public Task Done => _done.Task;

    /// <summary>The entity as it is on disk then.</summary>
    public EntityRow Row => row;

    /// <summary>Adds what a batch has come to.</summary>
    public void Add(EntityPlan plan, EntityBatchResult result)
    {
        _taken = plan.Taken;
        var failed = new OperationResult { FailureDetails = result.FailureDetails };
        for (var i = 0; i < plan.Operations.Count; i++)
        {
            if (plan.Operations[i] is { IsSignal: false, Parent: not null } call)
            {
                Send(call.Parent, call.ParentExecution, call.Answered(i < result.Results!.Count ? result.Results[i] : failed));
            }
        }

        foreach (var action in result.Actions ?? [])
        {
            Add(action);
        }

        if (plan.Lock is { LockSet: { } locks } request)
        {
            if (request.Position + 1 < locks.Count)
            {
                Send($"{locks[request.Position + 1]}", run: null, request.Forwarded());
            }
            else
            {
                Send(request.Parent!, request.ParentExecution, request.Granted());
            }
        }
    }

    /// <inheritdoc />
    public override void Write(SqliteSession session)
    {
        _refused.Clear();
        EntityStore.Write(session, row);
        foreach (var started in _started)
        {
            if (HubWriter.Insert(session, started, openTasks: 0) is not null)
            {
                _ = _refused.Add(started.Key);
            }
        }

        Letter.Write(session, _sent, _taken);
    }

    /// <inheritdoc />
    public override void Execute() => _done.SetResult();

    /// <summary>Lets out what is on disk now.</summary>
    public void LetOut()
    {
        foreach (var started in _started)
        {
            if (_refused.Contains(started.Key))
            {
                hub.LogEntityStartRefused(row.Id, started.Name, started.Id);
            }
            else
            {
                hub.StartChild(started);
            }
        }

        hub.DeliverMail(_sent);
    }

    private void Add(OperationAction action)
    {
        switch (action)
        {
            case SendSignalOperationAction signal:
                Send(signal.InstanceId!, run: null, EntityMessage.Signal(signal.InstanceId!, signal.Name!, signal.Input, signal.ScheduledTime));
                break;
            case StartNewOrchestrationOperationAction { InstanceId: { } id } start when InstanceIds.IsEntity(id):
                hub.LogEntityStartRefused(row.Id, start.Name!, id);
                break;
            case StartNewOrchestrationOperationAction start:
                _started.Add(Started(start));
                break;
        }
    }

    private void Send(string id, string? run, HistoryEvent e) => _sent.Add(Letter.Of(
        id, long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var key) ? key : 0, e, hub.NextMailSequence()));

    private InstanceRow Started(StartNewOrchestrationOperationAction start) => new()
    {
        Key = hub.NextKey(),
        Id = start.InstanceId!,
        Name = start.Name!,
        State = OrchestrationRuntimeStatus.Pending,
        Created = row.Updated,
        Updated = row.Updated,
        // Found and started after a crash that comes before its first turn.
        WakeAt = start.ScheduledStartTime > row.Updated ? start.ScheduledStartTime : InstanceRow.AtOnce,
        // It knows the entity, which does not wait for it.
        ParentId = row.Id,
        ParentName = EntityId.FromString(row.Id).Name,
        Version = hub.VersionOf(string.IsNullOrEmpty(start.Version) ? null : start.Version),
        Input = EntityMessage.Bytes(start.Input),
    };
}
