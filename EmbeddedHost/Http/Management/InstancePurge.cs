using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Deletes ended instances.</summary>
internal static class InstancePurge
{
    /// <summary>DELETE <c>instances/{id}</c>.</summary>
    public static async Task OneAsync(ManagementCall call)
    {
        call.Query.RefuseOthers();
        var instance = await call.InstanceAsync();
        if (!ManagementCall.IsTerminal(instance.RuntimeStatus))
        {
            throw new ManagementException(
                StatusCodes.Status412PreconditionFailed,
                $"Instance '{instance.InstanceId}' has not ended ({instance.RuntimeStatus}): terminate it first, or wait for its end.");
        }

        await AnswerAsync(call, await call.Client.PurgeInstanceAsync(instance.InstanceId, call.Http.RequestAborted));
    }

    /// <summary>DELETE <c>instances</c>, by time of creation and status.</summary>
    public static async Task ManyAsync(ManagementCall call)
    {
        var from = call.Query.Time("createdTimeFrom")
            ?? throw new ManagementException(StatusCodes.Status400BadRequest, "Query value 'createdTimeFrom': expected a time, found none.");
        var filter = new PurgeInstancesFilter(from, call.Query.Time("createdTimeTo"), call.Query.Statuses("runtimeStatus"));
        call.Query.RefuseOthers();
        await AnswerAsync(call, await call.Client.PurgeAllInstancesAsync(filter, call.Http.RequestAborted));
    }

    private static Task AnswerAsync(ManagementCall call, PurgeResult result) => result.PurgedInstanceCount > 0
        ? call.AnswerAsync(StatusCodes.Status200OK, Encoding.UTF8.GetBytes($$"""{"instancesDeleted":{{result.PurgedInstanceCount}}}"""))
        : throw new ManagementException(StatusCodes.Status404NotFound, "No instance that has ended matches: only those are purged.");
}
