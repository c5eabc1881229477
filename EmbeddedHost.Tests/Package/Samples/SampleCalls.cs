using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EmbeddedHost.Tests.Package.Samples;

/// <summary>What callers of samples do.</summary>
internal static class SampleCalls
{
    /// <summary>Sends a request that starts an orchestration, and waits until that has ended.</summary>
    /// <returns>Its status, as the management API has it.</returns>
    public static async Task<JsonElement> RunAsync(this AppProcess app, HttpMethod method, string path, object? body = null) =>
        await app.EndAsync(await app.StartAsync(method, path, body));

    /// <summary>Sends a request that starts an orchestration.</summary>
    /// <returns>The address of its status.</returns>
    public static async Task<Uri> StartAsync(this AppProcess app, HttpMethod method, string path, object? body = null)
    {
        using var answer = await app.SendAsync(method, path, body is null ? null : JsonContent.Create(body));
        return answer.StatusCode == HttpStatusCode.Accepted
            ? answer.Headers.Location!
            : throw new InvalidOperationException($"{method} {path}: expected 202, found {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    public static async Task<HttpResponseMessage> SendAsync(this AppProcess app, HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        return await app.Http.SendAsync(request);
    }

    /// <summary>Waits until an orchestration has ended.</summary>
    /// <param name="app">The app.</param>
    /// <param name="status">The address of its status.</param>
    public static Task<JsonElement> EndAsync(this AppProcess app, Uri status) =>
        app.UntilAsync(status.PathAndQuery, static instance => instance.GetProperty("runtimeStatus").GetString() is not ("Pending" or "Running"));

    /// <summary>What an ended orchestration has given, in the text that it is.</summary>
    public static string Output(this JsonElement status) => status.GetProperty("runtimeStatus").GetString() == "Completed"
        ? status.GetProperty("output").ToString()
        : throw new InvalidOperationException($"Expected an orchestration that has completed, found {status}.");

    /// <summary>Asks for a document until it is there.</summary>
    public static async Task<JsonElement> UntilFoundAsync(this AppProcess app, string path)
    {
        using var patience = new CancellationTokenSource(DotnetTool.Patience);
        while (true)
        {
            using var answer = await app.Http.GetAsync(new Uri(path, UriKind.Relative), patience.Token);
            if (answer.StatusCode != HttpStatusCode.NotFound)
            {
                return await answer.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            }
        }
    }
}
