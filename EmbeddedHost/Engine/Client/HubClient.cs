using System.Collections.ObjectModel;
using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Scheduling;
using EmbeddedHost.Engine.Telemetry;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Entities;
using Core = DurableTask.Core.History;

namespace EmbeddedHost.Engine.Client;

/// <summary>The client of the task hub in this process. What it answers is on disk.</summary>
internal sealed partial class HubClient(TaskHub hub) : DurableTaskClient("embedded")
{
    private readonly SerializerDataConverter _converter = new(hub.Services.Serializer);

    /// <inheritdoc />
    public override DurableEntityClient Entities { get; } = new HubEntityClient(hub);

    /// <inheritdoc />
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var row = NewRow(orchestratorName.Name, options?.InstanceId) with
        {
            Version = hub.VersionOf(options?.Version?.Version),
            // The caller's own may change afterwards.
            Tags = options?.Tags is { Count: > 0 } tags ? new Dictionary<string, string>(tags, StringComparer.Ordinal) : null,
            Input = hub.Services.Serializer.Serialize(input),
        };
        if (options?.StartAt is { } startAt && startAt.UtcDateTime > row.Created)
        {
            row = row with { WakeAt = startAt.UtcDateTime };
        }

        await StartAsync(row, Dedupe(options));
        return row.Id;
    }

    /// <inheritdoc />
    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var old = Existing(instanceId, payloads: true);
        var row = NewRow(old.Name, restartWithNewInstanceId ? null : old.Id) with
        {
            // As on Azure: the hub's, whatever the old one's.
            Version = hub.VersionOf(asked: null),
            Tags = old.Tags,
            Input = old.Input,
        };
        await StartAsync(row, dedupe: null);
        return row.Id;
    }

    /// <inheritdoc />
    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return hub.RewindAsync(Existing(instanceId, payloads: false), reason);
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
    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, HistoryEvent.Termination(hub.Services.Serializer.Serialize(options?.Output), options is { Recursive: true }));

    /// <inheritdoc />
    public override Task<IList<Core.HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        // From the file: what is in memory of an instance knows its history only as far as it has run here.
        return Task.FromResult(hub.Reader.Find(instanceId, payloads: true) is { } row
            ? CoreHistory.Of(row, hub.Reader.History(row.Key))
            : throw InstanceIds.Unknown(instanceId));
    }

    /// <inheritdoc />
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private InstanceRow NewRow(string orchestratorName, string? instanceId)
    {
        if (instanceId is not null)
        {
            InstanceIds.Check(instanceId);
        }

        var now = hub.Services.UtcNow;
        var key = hub.NextKey();
        return new InstanceRow
        {
            Key = key,
            Id = string.IsNullOrEmpty(instanceId) ? InstanceIds.New(now, key) : instanceId,
            Name = orchestratorName,
            State = OrchestrationRuntimeStatus.Pending,
            Created = now,
            Updated = now,
        };
    }

    /// <summary>Starts an instance. One of its id that has not ended refuses it, listed among the dedupe statuses or not.</summary>
    private async Task StartAsync(InstanceRow row, IReadOnlyCollection<OrchestrationRuntimeStatus>? dedupe)
    {
        using var span = HubTracing.StartCreate(row.Name, row.Id);
        await hub.StartInstanceAsync(span is null ? row : row with { Trace = TraceContext.Text(span.Context) }, dedupe);
    }

    private static OrchestrationRuntimeStatus[]? Dedupe(StartOrchestrationOptions? options) => options?.DedupeStatuses is not { } names
        ? null
        : [.. names.Select(static name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
            && StartOrchestrationOptionsExtensions.ValidDedupeStatuses.Contains(status)
                ? status
                : throw new ArgumentException(
                    $"'{name}' is no dedupe status: expected one of {string.Join(", ", StartOrchestrationOptionsExtensions.ValidDedupeStatuses)}.",
                    nameof(options)))];

    private async Task<OrchestrationMetadata> WaitAsync(
        CompletionWaiters waiters, string instanceId, Func<InstanceRow, bool> isThere, bool payloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        while (true)
        {
            var arrival = waiters.Of(instanceId);
            if (hub.Find(instanceId, payloads) is { } row && isThere(row))
            {
                waiters.Complete(instanceId, row: null);
                return Metadata(row, payloads);
            }

            try
            {
                // Another run of the id may complete it: what counts is the row.
                if (await arrival.WaitAsync(cancellation) is { } arrived && isThere(arrived))
                {
                    return Metadata(arrived, payloads);
                }
            }
            catch (OperationCanceledException)
            {
                // An instance that never comes must not be waited for in memory. Others who wait for it look again.
                waiters.Complete(instanceId, row: null);
                throw;
            }
        }
    }

    private Task SendAsync(string instanceId, HistoryEvent e) => hub.SendAsync(Existing(instanceId, payloads: false), e);

    private InstanceRow Existing(string instanceId, bool payloads)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return hub.Find(instanceId, payloads) ?? throw InstanceIds.Unknown(instanceId);
    }

    private OrchestrationMetadata Metadata(InstanceRow row, bool payloads) => new(row.Name, row.Id)
    {
        RuntimeStatus = row.State,
        CreatedAt = new DateTimeOffset(row.Created),
        LastUpdatedAt = new DateTimeOffset(row.Updated),
        Tags = row.Tags ?? ReadOnlyDictionary<string, string>.Empty,
        SerializedInput = payloads ? SerializerDataConverter.Text(row.Input) : null,
        SerializedCustomStatus = payloads ? SerializerDataConverter.Text(row.CustomStatus) : null,
        SerializedOutput = payloads ? SerializerDataConverter.Text(row.Output) : null,
        FailureDetails = row.Failure is null ? null : HistoryCodec.DecodeFailure(row.Failure).Shown(),
        DataConverter = payloads ? _converter : null,
    };
}
