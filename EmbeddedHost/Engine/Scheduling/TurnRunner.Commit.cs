using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <content>From a turn's decisions to what its commit writes.</content>
internal sealed partial class TurnRunner
{
    private void Prepare(DateTime at, List<HistoryEvent> actions, TurnResult result, List<long> takenMail)
    {
        var next = _outcome?.Next;
        var (state, wakeAt) = (State(), WakeAt());
        // An instance that was created before the clock was set back has not been updated before that.
        var updated = at > _row.Created ? at : _row.Created;
        _commit = new TurnCommit
        {
            Key = _row.Key,
            State = state,
            At = updated,
            WakeAt = wakeAt,
            OpenTasks = _outcome is null ? _execution!.OpenTasks : 0,
            Turns = Turns(at, next),
            CustomStatusChanged = result.Status is not null,
            CustomStatus = result.Status?.Value,
            Outcome = _outcome is null || next is not null
                ? null
                : (_outcome.Output, _outcome.Failure is { } failure ? HistoryCodec.EncodeFailure(failure) : null),
            StartsOver = next is not null,
            NextInput = next?.Input,
            NextVersion = next is null ? null : hub.VersionOf(next.Version),
            TakenMail = takenMail,
        };
        _uncommitted.Clear();
        foreach (var action in actions)
        {
            Sort(action, at);
        }

        if (_endsChildren)
        {
            EndChildren();
        }
    }

    private void Sort(HistoryEvent action, DateTime at)
    {
        switch (action.Kind)
        {
            // What an ended instance asked for last is not waited for by anyone: activities stay away, the rest goes out.
            case HistoryEventKind.TaskScheduled when _outcome is null:
                _toStart.Add(action);
                break;
            case HistoryEventKind.SubOrchestrationCreated:
                _commit!.Children.Add((action, Child(action, at)));
                break;
            case HistoryEventKind.EventSent:
                _commit!.SentMail.Add(Letter.Of(action.InstanceId!, key: 0, AsRaised(action), hub.NextMailSequence()));
                break;
            default:
                break;
        }
    }

    /// <summary>Terminates the children together with their parent, with its output: each ends its own in turn.</summary>
    private void EndChildren()
    {
        var termination = HistoryEvent.Termination(_outcome!.Output, endsChildren: true);
        var children = hub.Reader.Children(_row.Key).Concat(_commit!.Children.Select(static child => child.Row));
        _commit.SentMail.AddRange(children.Select(child => Letter.Of(child.Id, child.Key, termination, hub.NextMailSequence())));
    }

    /// <summary>What a sent event is to the instance that receives it.</summary>
    private static HistoryEvent AsRaised(HistoryEvent sent) =>
        new() { Kind = HistoryEventKind.EventRaised, Name = sent.Name, Payload = sent.Payload };

    private DateTime? WakeAt() => _outcome switch
    {
        // The next execution is found and started after a crash that comes before its first turn.
        { Next: not null } => InstanceRow.AtOnce,
        not null => null,
        null => _execution!.IsStarted ? _execution.WakeAt : _row.WakeAt,
    };

    private byte[]? Turns(DateTime at, NextExecution? next) => next switch
    {
        null => _uncommitted.Count == 0 ? null : HistoryCodec.Encode(_uncommitted),
        _ => HistoryCodec.Encode([new HistoryTurn(at, next.Events)]),
    };

    private OrchestrationRuntimeStatus State() => _outcome switch
    {
        { Next: null } ended => ended.State,
        _ when _execution!.IsSuspended => OrchestrationRuntimeStatus.Suspended,
        { } => OrchestrationRuntimeStatus.Running,
        _ => _execution.IsStarted ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending,
    };

    private InstanceRow Child(HistoryEvent action, DateTime at) => new()
    {
        Key = hub.NextKey(),
        Id = action.InstanceId!,
        Name = action.Name!,
        State = OrchestrationRuntimeStatus.Pending,
        Created = at,
        Updated = at,
        // Found and started after a crash that comes before its first turn.
        WakeAt = InstanceRow.AtOnce,
        ParentKey = _row.Key,
        ParentId = _row.Id,
        ParentName = _row.Name,
        ParentTaskId = action.TaskId,
        Version = hub.VersionOf(action.Version),
        Tags = action.Tags,
        Input = action.Payload,
        Trace = TraceContext.Own(_row.Trace, _row.Key) is { } own ? TraceContext.Text(own) : null,
    };
}
