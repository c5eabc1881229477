using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Hosting;

namespace EmbeddedHost.Tests.Apps;

/// <summary>What a caller of an app does: start an orchestration by the app's own function, and ask for its outcome.</summary>
internal static class AppCalls
{
    /// <summary>Starts an orchestration; returns its management addresses.</summary>
    public static async Task<JsonElement> BeginAsync(this RunningHost host, string path, object? body = null)
    {
        using var response = await host.Http.PostAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits for the end; returns the status as the management API tells it.</summary>
    public static async Task<JsonElement> EndAsync(this RunningHost host, JsonElement begun)
    {
        _ = await host.Client.WaitForInstanceCompletionAsync(begun.GetProperty("Id").GetString()!);
        return await host.Http.GetFromJsonAsync<JsonElement>(begun.GetProperty("StatusQueryGetUri").GetString());
    }

    /// <summary>Starts an orchestration and waits for its end; returns the status as the management API tells it.</summary>
    public static async Task<JsonElement> RunAsync(this RunningHost host, string path, object? body = null) =>
        await host.EndAsync(await host.BeginAsync(path, body));

    /// <summary>The output of an orchestration that has completed.</summary>
    public static JsonElement Output(this JsonElement status)
    {
        Assert.True(status.Status() == "Completed", status.ToString());
        return status.GetProperty("output");
    }

    /// <summary>The runtime status.</summary>
    public static string? Status(this JsonElement status) => status.GetProperty("runtimeStatus").GetString();
}
