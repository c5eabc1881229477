using EmbeddedHost.Engine.Contracts;
using EmbeddedHost.Http.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Http.Management;

/// <summary>Serves one management call.</summary>
internal delegate Task ManagementOperation(ManagementCall call);

/// <summary>One management call: the request, and the hub that it is about.</summary>
internal sealed record ManagementCall(HttpContext Http, ITaskHub Hub, TimeProvider Time)
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
    public string? Route(string name) => Http.GetRouteValue(name) is string value ? WithSlashes(value) : null;

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
        or OrchestrationRuntimeStatus.Terminated;

    /// <summary>The server leaves an escaped slash in a path as it came: what it stands for is in the address as it was sent.</summary>
    private string WithSlashes(string value)
    {
        const string Slash = "%2F";
        return value.Contains(Slash, StringComparison.OrdinalIgnoreCase)
            && Http.Features.Get<IHttpRequestFeature>()?.RawTarget is { } sent
            && sent.Split('?')[0].Split('/').Select(Uri.UnescapeDataString).FirstOrDefault(
                segment => segment.Replace("/", Slash, StringComparison.Ordinal)
                    .Equals(value, StringComparison.OrdinalIgnoreCase)) is { } found
            ? found
            : value;
    }

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
