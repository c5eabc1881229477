using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>What one commit of an instance writes, prepared before the transaction so that it can be written twice.</summary>
internal sealed class TurnCommit
{
    public required long Key { get; init; }

    /// <summary>The row to insert, where this is the start of a new instance and nothing else.</summary>
    public InstanceRow? Insert { get; init; }

    /// <summary>States of an ended instance of the same id that refuse the new one.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus>? Dedupe { get; init; }

    public required OrchestrationRuntimeStatus State { get; init; }

    public required DateTime At { get; init; }

    public DateTime? WakeAt { get; init; }

    public int OpenTasks { get; init; }

    /// <summary>The encoded turns; null where there is none to append.</summary>
    public byte[]? Turns { get; init; }

    public bool CustomStatusChanged { get; init; }

    public byte[]? CustomStatus { get; init; }

    /// <summary>The outcome's payloads, once the instance has ended.</summary>
    public (byte[]? Output, byte[]? Failure)? Outcome { get; init; }

    /// <summary>The next execution of an eternal orchestration: the history before it is dropped.</summary>
    public bool StartsOver { get; init; }

    public byte[]? NextInput { get; init; }

    public string? NextVersion { get; init; }

    /// <summary>Sub-orchestrations to create, each with the action that asked for it.</summary>
    public List<(HistoryEvent Action, InstanceRow Row)> Children { get; } = [];

    /// <summary>Events to other instances.</summary>
    public List<Letter> SentMail { get; } = [];

    /// <summary>Events of clients and other instances that this turn took in.</summary>
    public IReadOnlyList<long> TakenMail { get; init; } = [];

    /// <summary>Set by <see cref="Write"/>: the state of the instance that has the id, where nothing was written because of it.</summary>
    public OrchestrationRuntimeStatus? RefusedBy { get; private set; }

    /// <summary>Set by <see cref="Write"/>: the keys of children whose id belongs to an instance that has not ended.</summary>
    public HashSet<long> RefusedChildren { get; } = [];

    public void Write(SqliteSession session)
    {
        RefusedBy = Insert is null ? null : HubWriter.Insert(session, Insert, OpenTasks, Dedupe);
        if (RefusedBy is not null)
        {
            return;
        }

        if (StartsOver)
        {
            HubWriter.StartOver(session, Key, NextInput, NextVersion);
        }

        if (Turns is not null)
        {
            HubWriter.AppendHistory(session, Key, Turns);
        }

        if (Insert is null)
        {
            HubWriter.UpdateStatus(session, Key, State, At, WakeAt, OpenTasks);
        }

        if (CustomStatusChanged)
        {
            HubWriter.SetCustomStatus(session, Key, CustomStatus);
        }

        if (Outcome is { } outcome)
        {
            HubWriter.InsertOutcome(session, Key, outcome.Output, outcome.Failure);
        }

        WriteMessages(session);
    }

    /// <summary>The instance's row after this commit, given the one before.</summary>
    public InstanceRow ApplyTo(InstanceRow row) => row with
    {
        State = State,
        Updated = At,
        WakeAt = WakeAt,
        CustomStatus = CustomStatusChanged ? CustomStatus : row.CustomStatus,
        Output = Outcome?.Output,
        Failure = Outcome?.Failure,
        Input = StartsOver ? NextInput : row.Input,
        Version = StartsOver ? NextVersion : row.Version,
    };

    private void WriteMessages(SqliteSession session)
    {
        RefusedChildren.Clear();
        foreach (var (_, row) in Children)
        {
            if (HubWriter.Insert(session, row, openTasks: 0) is not null)
            {
                _ = RefusedChildren.Add(row.Key);
            }
        }

        Letter.Write(session, SentMail, TakenMail);
    }
}
