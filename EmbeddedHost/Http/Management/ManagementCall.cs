using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Serves one management call.</summary>
internal delegate Task ManagementOperation(ManagementCall call);

/// <summary>One management call: the request, and the hub that it is about.</summary>
internal sealed record ManagementCall(HttpContext Http, ITaskHub Hub, IFunctionRegistry Functions, TimeProvider Time)
{
    /// <summary>The hub's client.</summary>
    public DurableTaskClient Client => Hub.Client;

    /// <summary>The query's values.</summary>
    public ManagementQuery Query { get; } = new(Http.Request.Query);

    /// <summary>The origin (scheme, host, port) that the caller used.</summary>
    public string Origin => $"{Http.Request.Scheme}://{Http.Request.Host.Value}";

    /// <summary>The key that the caller showed; null where none is asked for.</summary>
    public string? Key => Http.Features.Get<CallerKey>()?.Secret;

    /// <summary>A value of the route; null where the caller left it out.</summary>
    public string? Route(string name) => Http.GetRouteValue(name) as string;

    /// <summary>The instance that the route names.</summary>
    /// <exception cref="ManagementException">404: there is none.</exception>
    public async Task<OrchestrationMetadata> InstanceAsync(bool withPayloads = false)
    {
        var id = Route("id")!;
        return await Client.GetInstanceAsync(id, withPayloads, Http.RequestAborted)
            ?? throw new ManagementException(StatusCodes.Status404NotFound, $"No instance has the id '{id}'.");
    }

    /// <summary>The instance that the route names, which has not ended.</summary>
    /// <exception cref="ManagementException">404: there is none. 410: it has ended.</exception>
    public async Task<OrchestrationMetadata> ActiveInstanceAsync()
    {
        var instance = await InstanceAsync();
        return IsTerminal(instance.RuntimeStatus)
            ? throw new ManagementException(
                StatusCodes.Status410Gone, $"Instance '{instance.InstanceId}' has ended ({instance.RuntimeStatus}): nothing reaches it any more.")
            : instance;
    }

    /// <summary>Waits for something that was asked of the hub, and that an instance's state may forbid.</summary>
    /// <exception cref="ManagementException">409: it does.</exception>
    public static async Task GrantedAsync(Task asked)
    {
        try
        {
            await asked;
        }
        // A hub that has stopped raises the same, with the cause inside.
        catch (InvalidOperationException refusal) when (refusal.InnerException is null)
        {
            throw new ManagementException(StatusCodes.Status409Conflict, refusal.Message);
        }
    }

    /// <summary>Whether an instance in that status never runs again by itself.</summary>
    public static bool IsTerminal(OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated
        or OrchestrationRuntimeStatus.Canceled;

    /// <summary>Answers with a status alone.</summary>
    public void Answer(int status) => Http.Response.StatusCode = status;

    /// <summary>Answers with JSON.</summary>
    public Task AnswerAsync(int status, ReadOnlyMemory<byte> json)
    {
        Http.Response.StatusCode = status;
        Http.Response.ContentType = "application/json; charset=utf-8";
        Http.Response.ContentLength = json.Length;
        return Http.Response.Body.WriteAsync(json, Http.RequestAborted).AsTask();
    }
}
