using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Steers an instance from outside.</summary>
internal static class InstanceControl
{
    /// <summary>POST <c>instances/{id}/raiseEvent/{name}</c>, with the event's payload as the body.</summary>
    public static async Task RaiseEventAsync(ManagementCall call)
    {
        call.Query.RefuseOthers();
        var instance = await call.ActiveInstanceAsync();
        var payload = await JsonBody.ReadAsync(call.Http);
        await call.Client.RaiseEventAsync(instance.InstanceId, call.Route("name")!, payload, CancellationToken.None);
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>POST <c>instances/{id}/terminate</c>.</summary>
    public static async Task TerminateAsync(ManagementCall call)
    {
        var reason = Reason(call);
        var instance = await call.ActiveInstanceAsync();
        await call.Client.TerminateInstanceAsync(
            instance.InstanceId, new TerminateInstanceOptions(reason), CancellationToken.None);
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>POST <c>instances/{id}/suspend</c>.</summary>
    public static async Task SuspendAsync(ManagementCall call)
    {
        var reason = Reason(call);
        var instance = await call.ActiveInstanceAsync();
        if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended)
        {
            throw Conflict($"Instance '{instance.InstanceId}' is suspended already.");
        }

        await call.Client.SuspendInstanceAsync(instance.InstanceId, reason, CancellationToken.None);
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>POST <c>instances/{id}/resume</c>.</summary>
    public static async Task ResumeAsync(ManagementCall call)
    {
        var reason = Reason(call);
        var instance = await call.ActiveInstanceAsync();
        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Suspended)
        {
            throw Conflict($"Instance '{instance.InstanceId}' is not suspended ({instance.RuntimeStatus}).");
        }

        await call.Client.ResumeInstanceAsync(instance.InstanceId, reason, CancellationToken.None);
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>POST <c>instances/{id}/rewind</c>: only what failed goes on from where it failed.</summary>
    public static async Task RewindAsync(ManagementCall call)
    {
        var reason = Reason(call);
        var instance = await call.InstanceAsync();
        if (instance.RuntimeStatus != OrchestrationRuntimeStatus.Failed)
        {
            throw new ManagementException(
                StatusCodes.Status412PreconditionFailed,
                $"Instance '{instance.InstanceId}' has not failed ({instance.RuntimeStatus}): only a failed one is rewound.");
        }

        await ManagementCall.GrantedAsync(call.Client.RewindInstanceAsync(instance.InstanceId, reason ?? "", CancellationToken.None));
        call.Answer(StatusCodes.Status202Accepted);
    }

    /// <summary>POST <c>instances/{id}/restart</c>: the same orchestrator again, with the same input.</summary>
    public static async Task RestartAsync(ManagementCall call)
    {
        var withNewId = call.Query.Flag("restartWithNewInstanceId", otherwise: true);
        call.Query.RefuseOthers();
        // An unknown id is the client's ArgumentException: 400, as in the original.
        var restart = call.Client.RestartAsync(call.Route("id")!, withNewId, CancellationToken.None);
        await ManagementCall.GrantedAsync(restart);
        await CheckStatus.AnswerAsync(call, await restart);
    }

    private static string? Reason(ManagementCall call)
    {
        var reason = call.Query.Text("reason");
        call.Query.RefuseOthers();
        return reason is { Length: > 0 } ? reason : null;
    }

    private static ManagementException Conflict(string message) => new(StatusCodes.Status409Conflict, message);
}
