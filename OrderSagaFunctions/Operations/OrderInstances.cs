using System.Text.Json;
using DurableTask.Core.History;
using Microsoft.DurableTask.Client;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using Sagas;

namespace OrderSagaFunctions.Operations;

/// <summary>One of an order's instances, with what is known of it.</summary>
/// <param name="View">As the API shows it.</param>
/// <param name="Name">Its orchestrator; null where nothing tells it any more.</param>
/// <param name="IsKnown">Whether the host knows it.</param>
/// <param name="Story">The story that it tells of itself; null where it has told none.</param>
internal sealed record OrderInstance(HistoryInstance View, string? Name, bool IsKnown, SagaReport? Story)
{
    /// <summary>Its history, where that was read already.</summary>
    public EngineHistory? History { get; init; }
}

/// <summary>Finds the instances of an order: its sagas, and their children.</summary>
internal static class OrderInstances
{
    /// <summary>Every instance, in the order of their starts.</summary>
    public static async Task<IReadOnlyList<OrderInstance>> ListAsync(DurableTaskClient client, OrderRuns runs, CancellationToken cancellation)
    {
        var found = new List<OrderInstance>();
        foreach (var run in runs.All)
        {
            var known = await client.GetInstanceAsync(run.InstanceId, getInputsAndOutputs: true, cancellation);
            var report = runs.ReportOf(run);
            var story = SagaReport.Of(known) ?? report;
            var view = new HistoryInstance(run.InstanceId, InstanceKind.Saga, run.Generation, OrderStory.RuntimeStatus(runs.Order, report?.Outcome, known));
            var saga = new OrderInstance(view, known?.Name ?? nameof(OrderSaga), known is not null, story);
            if (story?.Children is not { Count: > 0 } told)
            {
                found.Add(saga);
                continue;
            }

            var history = known is null ? EngineHistory.Unknown(run.InstanceId) : await EngineHistory.ReadAsync(client, run.InstanceId, cancellation);
            found.Add(saga with { History = history });
            foreach (var start in StartsOf(history, told))
            {
                found.Add(await ReadChildAsync(client, view, start, cancellation));
            }
        }

        return found;
    }

    /// <summary>How each child was started, by the history and, where that does not tell, by the saga's story.</summary>
    private static IEnumerable<ChildStart> StartsOf(EngineHistory history, IReadOnlyList<ChildReport> told)
    {
        var created = history.Events.OfType<SubOrchestrationInstanceCreatedEvent>().ToList();
        foreach (var start in created)
        {
            var child = told.FirstOrDefault(child => child.InstanceId == start.InstanceId);
            yield return new ChildStart(start.InstanceId!, start.Name, child?.Scope, start.Input, EndOf(history, start.EventId));
        }

        foreach (var child in told.Where(child => created.TrueForAll(start => start.InstanceId != child.InstanceId)))
        {
            var end = child.Outcome is null ? OrchestrationRuntimeStatus.Terminated : OrchestrationRuntimeStatus.Completed;
            yield return new ChildStart(child.InstanceId, Name: null, child.Scope, Input: null, end);
        }
    }

    // What its parent has heard of it; one of which it has heard nothing may not have begun.
    private static OrchestrationRuntimeStatus EndOf(EngineHistory history, int eventId) =>
        history.Events.OfType<SubOrchestrationInstanceCompletedEvent>().Any(answer => answer.TaskScheduledId == eventId) ? OrchestrationRuntimeStatus.Completed
        : history.Events.OfType<SubOrchestrationInstanceFailedEvent>().Any(answer => answer.TaskScheduledId == eventId) ? OrchestrationRuntimeStatus.Failed
        : OrchestrationRuntimeStatus.Pending;

    private static async Task<OrderInstance> ReadChildAsync(DurableTaskClient client, HistoryInstance parent, ChildStart start, CancellationToken cancellation)
    {
        var known = await client.GetInstanceAsync(start.InstanceId, getInputsAndOutputs: true, cancellation);
        var name = known?.Name ?? start.Name;
        var view = new HistoryInstance(start.InstanceId, InstanceKind.Child, parent.Generation, (known?.RuntimeStatus ?? start.End).ToString())
        {
            Parent = parent.InstanceId,
            Scope = start.Scope ?? ScopeOf(name, known?.SerializedInput ?? start.Input),
        };
        return new OrderInstance(view, name, known is not null, StoryOf(known));
    }

    // A child shows no more when it ends: what it tells its parent then is the rest.
    private static SagaReport? StoryOf(OrchestrationMetadata? child) =>
        SagaReport.Of(child) is { } shown && child is { IsCompleted: true } && Read<ChildResult>(child.SerializedOutput) is { } result
            ? shown with
            {
                Steps = result.Steps,
                Outcome = result.Outcome,
                CompensationIncomplete = result.Incidents.Count > 0,
                Incidents = result.Incidents,
            }
            : SagaReport.Of(child);

    // One that undoes what another child has done is not in the story: its input tells which part that was.
    private static string? ScopeOf(string? name, string? input) => name switch
    {
        nameof(CompensateChild) => Read<ChildToCompensate>(input)?.Scope,
        nameof(FulfilmentSaga) => Read<FulfilmentInput>(input)?.Stock.Location,
        _ => null,
    };

    // An engine that keeps large payloads elsewhere may give their address, and one whose instance has failed a text.
    private static T? Read<T>(string? payload)
        where T : class
    {
        try
        {
            return payload is null ? null : JsonSerializer.Deserialize(payload, AppJson.StoredTypeOf<T>());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>How a child was started.</summary>
    /// <param name="InstanceId">The child.</param>
    /// <param name="Name">Its orchestrator; null where nothing tells it.</param>
    /// <param name="Scope">Which part of the step; null where the story does not tell it.</param>
    /// <param name="Input">Its input, where the history has it.</param>
    /// <param name="End">How it stands where the host does not know it.</param>
    private sealed record ChildStart(string InstanceId, string? Name, string? Scope, string? Input, OrchestrationRuntimeStatus End);
}
