using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>The management API of a running host, as a caller uses it.</summary>
internal static class ManagedHost
{
    public const string Instances = "runtime/webhooks/durabletask/instances";
    public const string Orchestrators = "runtime/webhooks/durabletask/orchestrators";

    public static Task<RunningHost> StartAsync(string? hostJson = null) => RunningHost.StartAsync([typeof(ManagedFunctions)], hostJson: hostJson);

    public static Uri Address(string relative) => new(relative, UriKind.Relative);

    public static Task<JsonElement> JsonAsync(this HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>What a problem's answer says.</summary>
    public static async Task<string> DetailAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        return (await response.JsonAsync()).GetProperty("detail").GetString()!;
    }

    /// <summary>Starts an instance, which then waits for the event <c>go</c>.</summary>
    public static async Task StartWaiterAsync(this RunningHost host, string id)
    {
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "waiter", new ManagedFunctions.Input("go"), new StartOrchestrationOptions(id));
        await host.UntilItWaitsAsync(id);
    }

    /// <summary>Waits for an instance's custom status: these orchestrators show themselves waiting before they wait.</summary>
    public static async Task UntilItWaitsAsync(this RunningHost host, string id)
    {
        while ((await host.Client.GetInstanceAsync(id, getInputsAndOutputs: true))!.SerializedCustomStatus is null)
        {
            await Task.Yield();
        }
    }

    /// <summary>Starts an instance and has it end in that status.</summary>
    public static async Task StartEndedAsync(this RunningHost host, string id, OrchestrationRuntimeStatus status)
    {
        var name = status switch
        {
            OrchestrationRuntimeStatus.Completed => "quick",
            OrchestrationRuntimeStatus.Failed => "failing",
            _ => "waiter",
        };
        _ = await host.Client.ScheduleNewOrchestrationInstanceAsync(name, new ManagedFunctions.Input("go"), new StartOrchestrationOptions(id));
        if (status == OrchestrationRuntimeStatus.Terminated)
        {
            await host.Client.TerminateInstanceAsync(id);
        }

        Assert.Equal(status, (await host.Client.WaitForInstanceCompletionAsync(id)).RuntimeStatus);
    }

    public static async Task<OrchestrationRuntimeStatus> StatusAsync(this RunningHost host, string id) =>
        (await host.Client.GetInstanceAsync(id))!.RuntimeStatus;

    /// <summary>Waits until an instance is in a status: what was asked for is on disk before it is done.</summary>
    public static async Task ReachesAsync(this RunningHost host, string id, OrchestrationRuntimeStatus status)
    {
        while (await host.StatusAsync(id) != status)
        {
            await Task.Yield();
        }
    }

    /// <summary>POSTs to an instance's operation, such as <c>one/suspend</c>.</summary>
    public static async Task<HttpStatusCode> PostAsync(this RunningHost host, string operation)
    {
        using var response = await host.Http.PostAsync(Address($"{Instances}/{operation}"), content: null);
        return response.StatusCode;
    }

    /// <summary>DELETEs what follows <c>instances</c>.</summary>
    public static async Task<(HttpStatusCode Status, int? Deleted)> DeleteAsync(this RunningHost host, string rest)
    {
        using var response = await host.Http.DeleteAsync(Address(Instances + rest));
        return (response.StatusCode, response.IsSuccessStatusCode ? (await response.JsonAsync()).GetProperty("instancesDeleted").GetInt32() : null);
    }
}
