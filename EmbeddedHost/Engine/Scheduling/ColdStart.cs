using EmbeddedHost.Engine.History;
using EmbeddedHost.Engine.Replay;
using EmbeddedHost.Storage.Hub;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Scheduling;

/// <summary>An execution rebuilt from what is on disk, or why it could not be.</summary>
internal sealed record ColdStart(OrchestrationExecution Execution, TaskFailureDetails? Failure)
{
    /// <summary>A new instance's execution: nothing to replay.</summary>
    public static ColdStart New(InstanceRow row, EngineServices services) => new(Create(row, services), Failure: null);

    /// <summary>Replays the committed turns of <paramref name="row"/>, which was read with its payloads.</summary>
    public static ColdStart Replay(InstanceRow row, IEnumerable<HistoryTurn> history, EngineServices services)
    {
        var execution = Create(row, services);
        if (services.Functions.FindOrchestrator(row.Name) is null)
        {
            return new ColdStart(execution, TaskFailureDetails.FromException(new InvalidOperationException(
                $"The orchestrator '{row.Name}' is not part of this app any more. Deploy the code that has it, and rewind the instance.")));
        }

        try
        {
            foreach (var turn in history)
            {
                execution.Replay(turn);
            }
        }
        catch (NonDeterminismException e)
        {
            return new ColdStart(execution, TaskFailureDetails.FromException(e));
        }

        return new ColdStart(execution, Failure: null);
    }

    private static OrchestrationExecution Create(InstanceRow row, EngineServices services) => new(
        new InstanceIdentity(
            row.Id, row.Name, row.Version ?? "", row.Input, row.ParentId is null ? null : new ParentOrchestrationInstance(row.ParentName!, row.ParentId)),
        services);
}
