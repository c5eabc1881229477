using DurableTask.Core;
using DurableTask.Core.Entities;
using DurableTask.Core.Entities.OperationFormat;
using EmbeddedHost.Engine.Client;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Storage.Hub;

namespace EmbeddedHost.Engine.Entities;

/// <summary>
/// One entity in memory: what waits for it, and at most one driver at a time. A driver runs a batch of operations, commits the
/// state with all that the operations send, and only then lets that out.
/// </summary>
internal sealed class EntityInstance(TaskHub hub, string id) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<EntityMail> _mailbox = [];
    // Of the driver alone.
    private readonly List<EntityMail> _waiting = [];
    private EntityRow? _row;
    private bool _isDriven;
    private bool _isGone;
    private int _backlog;

    /// <summary>The entity's id, <c>@name@key</c>.</summary>
    public string Id => id;

    /// <summary>How many messages wait.</summary>
    public int Backlog => Volatile.Read(ref _backlog);

    /// <summary>
    /// Puts a message into the mailbox. <paramref name="drive"/>: the caller must queue the entity. False: it has left memory;
    /// look it up again.
    /// </summary>
    public bool TryPost(EntityMail mail, out bool drive)
    {
        lock (_gate)
        {
            drive = !_isGone && !_isDriven;
            if (_isGone)
            {
                return false;
            }

            _mailbox.Add(mail);
            _isDriven = true;
            return true;
        }
    }

    /// <summary>Drives the entity, once there is a place.</summary>
    public void Execute()
    {
        if (hub.Entities.Places.TryEnter(this))
        {
            _ = DriveAsync();
        }
    }

    private async Task DriveAsync()
    {
        hub.EnterWork();
        try
        {
            while (Next() is { } plan)
            {
                if (await RunAsync(plan.Operations) is not { } result)
                {
                    // The host stops: the operations run after the next start.
                    return;
                }

                await CommitAsync(plan, result);
            }
        }
        catch (Exception e)
        {
            // It keeps its driver, so that nothing runs it again.
            hub.Fault(e, $"the entity '{id}'");
        }
        finally
        {
            hub.Entities.Places.Leave();
            hub.LeaveWork();
        }
    }

    /// <summary>What is to be done next. Null: nothing, and the caller is no longer the driver; or the host stops.</summary>
    private EntityPlan? Next()
    {
        if (hub.IsStopping)
        {
            return null;
        }

        _row ??= hub.Entities.Find(id, includesState: true);
        lock (_gate)
        {
            _waiting.AddRange(_mailbox);
            _mailbox = [];
            Volatile.Write(ref _backlog, _waiting.Count);
            var plan = EntityPlan.Of(_waiting, _row?.LockedBy, hub.Entities.Batch);
            if (plan.Taken.Count > 0)
            {
                return plan;
            }

            _isDriven = false;
            // What waits for a lock is kept: it is in no other memory.
            _isGone = _waiting.Count == 0;
        }

        if (_isGone)
        {
            hub.Entities.Remove(this);
        }

        return null;
    }

    /// <summary>Runs the operations. Null: the host did not wait for them.</summary>
    private async Task<EntityBatchResult?> RunAsync(List<EntityMessage> operations)
    {
        var state = SerializerDataConverter.Text(_row?.State);
        if (operations.Count == 0)
        {
            return Unchanged(state);
        }

        try
        {
            var function = hub.Services.Functions.FindEntity(EntityId.FromString(id).Name) ?? throw new InvalidOperationException(
                $"The entity '{EntityId.FromString(id).Name}' is not part of this app. Check the name, or deploy the code that has it.");
            var result = await function(
                new EntityBatchRequest
                {
                    InstanceId = id,
                    EntityState = state,
                    Operations = [.. operations.Select(static operation => new OperationRequest
                    {
                        Id = Guid.TryParse(operation.Id, out var request) ? request : default,
                        Operation = operation.Operation,
                        Input = operation.Input,
                    })],
                },
                hub.Activities.Stopping);
            if (result is { FailureDetails: null } && result.Results?.Count != operations.Count)
            {
                throw new InvalidOperationException(
                    $"The function of the entity '{id}' gave {result.Results?.Count ?? 0} results for {operations.Count} operations.");
            }

            return HasGivenUp && (result.FailureDetails is not null || result.Results!.Exists(static one => one.IsError)) ? null : result;
        }
        catch (Exception e)
        {
            return HasGivenUp ? null : Unchanged(state, Failures.Of(e));
        }
    }

    // Once the host has given up, or no longer waits, operations may fail for no fault of their own: they run again.
    private bool HasGivenUp => hub.HasFaulted || hub.Activities.Stopping.IsCancellationRequested;

    private static EntityBatchResult Unchanged(string? state, FailureDetails? failure = null) =>
        new() { Results = [], Actions = [], EntityState = state, FailureDetails = failure };

    private async Task CommitAsync(EntityPlan plan, EntityBatchResult result)
    {
        if (result.FailureDetails is { } failure)
        {
            hub.LogEntityFailed(plan.Operations.Count - result.Results!.Count, id, failure.ErrorMessage);
        }

        var commit = new EntityCommit(hub, new EntityRow
        {
            Id = id,
            Updated = hub.Services.UtcNow,
            LockedBy = plan.LockedBy,
            HasState = result.EntityState is not null,
            State = EntityMessage.Bytes(result.EntityState),
        });
        commit.Add(plan, result);
        if (!hub.Commit(commit))
        {
            await commit.Done;
        }

        if (commit.Error is not null)
        {
            throw commit.Error;
        }

        _row = commit.Row;
        var taken = plan.Taken.ToHashSet();
        _ = _waiting.RemoveAll(mail => taken.Contains(mail.Sequence));
        commit.LetOut();
    }
}
