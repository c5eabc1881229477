using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Client;

/// <summary>The client of the task hub in this process. What it answers is on disk.</summary>
internal sealed class HubClient(TaskHub hub) : DurableTaskClient("embedded")
{
    private const int MaxIdLength = 100;

    private readonly SerializerDataConverter _converter = new(hub.Services.Serializer);

    /// <inheritdoc />
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (hub.Services.Functions.FindOrchestrator(orchestratorName.Name) is null)
        {
            throw new ArgumentException($"No orchestrator is named '{orchestratorName.Name}' in this app.", nameof(orchestratorName));
        }

        var now = hub.Services.UtcNow;
        var key = hub.NextKey();
        var id = options?.InstanceId ?? NewId(now, key);
        CheckId(id);
        using var span = HubTracing.StartCreate(orchestratorName.Name, id);
        await hub.StartInstanceAsync(new InstanceRow
        {
            Key = key,
            Id = id,
            Name = orchestratorName.Name,
            State = OrchestrationRuntimeStatus.Pending,
            Created = now,
            Updated = now,
            WakeAt = options?.StartAt is { } startAt && startAt.UtcDateTime > now ? startAt.UtcDateTime : null,
            Input = hub.Services.Serializer.Serialize(input),
            Trace = span is null ? null : TraceContext.Text(span.Context),
        });
        return id;
    }

    /// <inheritdoc />
    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(hub.Find(instanceId, getInputsAndOutputs) is { } row ? Metadata(row, getInputsAndOutputs) : null);
    }

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(hub.Started, instanceId, static row => row.State != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(hub.Ended, instanceId, static row => row.IsTerminal, getInputsAndOutputs, cancellation);

    /// <inheritdoc />
    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        using var span = HubTracing.StartRaise(eventName, instanceId);
        await SendAsync(instanceId, new HistoryEvent
        {
            Kind = HistoryEventKind.EventRaised,
            Name = eventName,
            Payload = hub.Services.Serializer.Serialize(eventPayload),
        });
    }

    /// <inheritdoc />
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent { Kind = HistoryEventKind.ExecutionSuspended, Name = reason });

    /// <inheritdoc />
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new HistoryEvent { Kind = HistoryEventKind.ExecutionResumed, Name = reason });

    /// <inheritdoc />
    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var row = Existing(instanceId, payloads: false);
        await hub.SendAsync(row, new HistoryEvent
        {
            Kind = HistoryEventKind.ExecutionTerminated,
            Payload = hub.Services.Serializer.Serialize(options?.Output),
        });
        if (options is { Recursive: true })
        {
            // After the parent: it must neither react to its children's end nor start others meanwhile.
            foreach (var child in hub.Reader.Children(row.Key))
            {
                await TerminateInstanceAsync(child, options, cancellation);
            }
        }
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var purged = 0;
        if (hub.Find(instanceId, payloads: false) is { IsTerminal: true } row)
        {
            if (options is { Recursive: true })
            {
                foreach (var child in hub.Reader.Children(row.Key))
                {
                    purged += (await PurgeInstanceAsync(child, options, cancellation)).PurgedInstanceCount;
                }
            }

            purged += await hub.PurgeAsync([instanceId]);
        }

        return new PurgeResult(purged, isComplete: true);
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        const int PageSize = 500;
        var wanted = new InstanceFilter
        {
            CreatedFrom = filter.CreatedFrom?.UtcDateTime,
            CreatedTo = filter.CreatedTo?.UtcDateTime,
            States = [.. filter.Statuses ?? []],
        };
        var (after, purged) = (0L, 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = hub.Reader.List(wanted, after, PageSize, payloads: false);
            purged += await hub.PurgeAsync([.. page.Where(static row => row.IsTerminal).Select(static row => row.Id)]);
            if (page.Count < PageSize)
            {
                return new PurgeResult(purged, isComplete: true);
            }

            after = page[^1].Key;
        }
    }

    /// <inheritdoc />
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        var wanted = new InstanceFilter
        {
            CreatedFrom = filter.CreatedFrom?.UtcDateTime,
            CreatedTo = filter.CreatedTo?.UtcDateTime,
            States = [.. filter.Statuses ?? []],
            IdPrefix = filter.InstanceIdPrefix,
        };
        return Pageable.Create((continuation, pageSize, _) =>
        {
            var after = ContinuationToken.Parse(continuation ?? filter.ContinuationToken);
            var size = pageSize ?? filter.PageSize;
            var rows = hub.Reader.List(wanted, after, size, filter.FetchInputsAndOutputs);
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. rows.Select(row => Metadata(row, filter.FetchInputsAndOutputs))],
                rows.Count < size ? null : ContinuationToken.Of(rows[^1].Key)));
        });
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string NewId(DateTime now, long key) => Replay.DeterministicGuid.Create("instance", now, (int)key).ToString("N");

    private static void CheckId(string id)
    {
        if (id.Length is 0 or > MaxIdLength || id.AsSpan().ContainsAny("/\\#?") || id.Any(char.IsControl) || id[0] == '@')
        {
            throw new ArgumentException(
                $"The instance id '{id}' is not valid: expected 1 to {MaxIdLength} characters without / \\ # ? and control "
                + "characters, not starting with @.", nameof(id));
        }
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        CompletionWaiters waiters, string instanceId, Func<InstanceRow, bool> isThere, bool payloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var arrival = waiters.Of(instanceId);
            var row = hub.Find(instanceId, payloads);
            if (row is null || isThere(row))
            {
                waiters.Complete(instanceId, row: null);
                return Metadata(row ?? throw Unknown(instanceId), payloads);
            }

            // Another run of the id may complete it: what counts is the row.
            if (await arrival.WaitAsync(cancellation) is { } arrived && isThere(arrived))
            {
                return Metadata(arrived, payloads);
            }
        }
    }

    private Task SendAsync(string instanceId, HistoryEvent e) => hub.SendAsync(Existing(instanceId, payloads: false), e);

    private InstanceRow Existing(string instanceId, bool payloads)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return hub.Find(instanceId, payloads) ?? throw Unknown(instanceId);
    }

    private static ArgumentException Unknown(string instanceId) => new($"No instance has the id '{instanceId}'.", nameof(instanceId));

    private OrchestrationMetadata Metadata(InstanceRow row, bool payloads) => new(row.Name, row.Id)
    {
        RuntimeStatus = row.State,
        CreatedAt = new DateTimeOffset(row.Created),
        LastUpdatedAt = new DateTimeOffset(row.Updated),
        SerializedInput = payloads ? SerializerDataConverter.Text(row.Input) : null,
        SerializedCustomStatus = payloads ? SerializerDataConverter.Text(row.CustomStatus) : null,
        SerializedOutput = payloads ? SerializerDataConverter.Text(row.Output) : null,
        FailureDetails = row.Failure is null ? null : HistoryCodec.DecodeFailure(row.Failure),
        DataConverter = payloads ? _converter : null,
    };
}
