using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Starts an orchestrator by name, and waits for it where the caller asks.</summary>
internal static class OrchestratorStart
{
    /// <summary>POST <c>orchestrators/{name}/{id?}</c>, with the input as the body.</summary>
    public static async Task StartAsync(ManagementCall call)
    {
        var name = call.Route("name")!;
        var timeout = call.Query.Seconds("timeout");
        // Accepted for the original's sake: the hub says when an instance ends, nobody polls.
        _ = call.Query.Seconds("pollingInterval");
        var view = StatusView.Of(call.Query);
        call.Query.RefuseOthers();
        var input = await JsonBody.ReadOptionalAsync(call.Http);
        var start = call.Client.ScheduleNewOrchestrationInstanceAsync(
            new TaskName(name), input, new StartOrchestrationOptions(call.Route("id")), CancellationToken.None);
        await ManagementCall.GrantedAsync(start);
        var id = await start;
        var ended = timeout is { } limit ? await EndAsync(call, id, limit) : null;
        await (ended switch
        {
            null => CheckStatus.AnswerAsync(call, id),
            { RuntimeStatus: OrchestrationRuntimeStatus.Completed } =>
                call.AnswerAsync(StatusCodes.Status200OK, Encoding.UTF8.GetBytes(ended.SerializedOutput ?? "null")),
            _ => InstanceQueries.AnswerAsync(call, ended, view),
        });
    }

    private static async Task<OrchestrationMetadata?> EndAsync(ManagementCall call, string id, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, call.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, call.Http.RequestAborted);
        try
        {
            return await call.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, either.Token);
        }
        catch (OperationCanceledException) when (!call.Http.RequestAborted.IsCancellationRequested)
        {
            // The time is up, or the host stops.
            return null;
        }
    }
}
