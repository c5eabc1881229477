using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Engine.Client;

/// <content>Many instances at a time: listings and purges.</content>
internal sealed partial class HubClient
{
    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        var purged = hub.Find(instanceId, payloads: false) is { IsTerminal: true } row
            ? await hub.PurgeAsync(WithDescendants([row], options))
            : 0;
        return new PurgeResult(purged, isComplete: true);
    }

    /// <inheritdoc />
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        const int PageSize = 500;
        ArgumentNullException.ThrowIfNull(filter);
        var began = hub.Services.Clock.GetTimestamp();
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
            if (hub.Services.Clock.GetElapsedTime(began) >= filter.Timeout)
            {
                return new PurgeResult(purged, isComplete: false);
            }

            var page = hub.Reader.List(wanted, after, PageSize, payloads: false);
            purged += await hub.PurgeAsync(WithDescendants(page.Where(static row => row.IsTerminal), options));
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
            var size = PageSize(pageSize ?? filter.PageSize);
            var rows = hub.Reader.List(wanted, after, size, filter.FetchInputsAndOutputs);
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. rows.Select(row => Metadata(row, filter.FetchInputsAndOutputs))],
                rows.Count < size ? null : ContinuationToken.Of(rows[^1].Key)));
        });
    }

    /// <inheritdoc />
    public override Task<Page<string>> ListInstanceIdsAsync(
        IEnumerable<OrchestrationRuntimeStatus>? runtimeStatus = null,
        DateTimeOffset? completedTimeFrom = null,
        DateTimeOffset? completedTimeTo = null,
        int pageSize = OrchestrationQuery.DefaultPageSize,
        string? lastInstanceKey = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var wanted = new InstanceFilter
        {
            EndedFrom = completedTimeFrom?.UtcDateTime,
            EndedTo = completedTimeTo?.UtcDateTime,
            States = [.. (runtimeStatus ?? Enum.GetValues<OrchestrationRuntimeStatus>()).Where(InstanceRow.IsTerminalState)],
        };
        if (wanted.States.Count == 0)
        {
            // Only those were asked for that have not ended.
            return Task.FromResult(new Page<string>([]));
        }

        var rows = hub.Reader.List(wanted, ContinuationToken.Parse(lastInstanceKey), PageSize(pageSize), payloads: false);
        return Task.FromResult(new Page<string>(
            [.. rows.Select(static row => row.Id)], rows.Count < pageSize ? null : ContinuationToken.Of(rows[^1].Key)));
    }

    private static int PageSize(int asked) => asked > 0
        ? asked
        : throw new ArgumentOutOfRangeException(nameof(asked), asked, "The page size of a listing is 1 or more instances.");

    /// <summary>The ids of instances and, where asked for, of all that they and theirs have called, those first.</summary>
    private List<string> WithDescendants(IEnumerable<InstanceRow> rows, PurgeInstanceOptions? options)
    {
        var ids = new List<string>();
        foreach (var row in rows)
        {
            if (options is { Recursive: true })
            {
                ids.AddRange(WithDescendants(hub.Reader.Children(row.Key), options));
            }

            ids.Add(row.Id);
        }

        return ids;
    }
}
