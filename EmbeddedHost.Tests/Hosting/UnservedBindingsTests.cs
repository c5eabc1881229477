using System.Net;
using System.Text.RegularExpressions;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Tests.Compatibility;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Hosting;

/// <summary>Apps with functions that this host does not serve.</summary>
public sealed partial class UnservedBindingsTests
{
    private const string LeftOut = "OnPicture: left out, nothing starts it here; not served: [BlobTrigger] picture";
    private const string Refused = "save: each call is refused; not served: [BlobInput] template, [BlobOutput] Copy";

    [Fact]
    public async Task Start_UnservedFunctions_AreListedAndTheRestRuns()
    {
        await using var host = await RunningHost.StartAsync([typeof(Pictures)]);

        Assert.Contains("Warning: this host does not serve all of the app.", host.Output, StringComparison.Ordinal);
        Assert.Contains(LeftOut, host.Output, StringComparison.Ordinal);
        Assert.Contains(Refused, host.Output, StringComparison.Ordinal);
        Assert.Contains("copy: each call is refused; not served: [BlobOutput] on the method", host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("OnPicture: [", host.Output, StringComparison.Ordinal);
        Assert.Equal("here", await host.Http.GetStringAsync(new Uri("api/ping", UriKind.Relative)));
    }

    [Fact]
    public async Task Start_EverythingServed_PrintsNoWarning()
    {
        await using var host = await RunningHost.StartAsync([typeof(Served)], arguments: "--strict");

        Assert.DoesNotContain("Warning", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Strict_IsRefusedWithAllOfThem()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => RunningHost.StartAsync([typeof(Pictures)], arguments: "--strict"));

        Assert.Contains("--strict", error.Message, StringComparison.Ordinal);
        Assert.Contains(LeftOut, error.Message, StringComparison.Ordinal);
        Assert.Contains(Refused, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_UnservedInputAndOutput_Is501AndNothingRuns()
    {
        await using var host = await RunningHost.StartAsync([typeof(Pictures)]);

        using var response = await host.Http.GetAsync(new Uri("api/save", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotImplemented, response.StatusCode);
        Assert.Equal(
            "Function 'save' is bound to what the embedded host does not serve, and has not run: [BlobInput] template, [BlobOutput] Copy.",
            await response.DetailAsync());
    }

    [Fact]
    public async Task Activity_UnservedOutput_FailsItsOrchestrationWithTheReason()
    {
        await using var host = await RunningHost.StartAsync([typeof(Pictures)]);
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("copy-all");

        var end = await host.Client.WaitForInstanceCompletionAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("[BlobOutput] on the method", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_OfTheHosts_ListsWhatIsServed()
    {
        var rows = NamedTests.Rows("hosts.md").Where(static row => row.Split('|') is [_, _, var here, _] && here.Trim().StartsWith("served", StringComparison.Ordinal));

        Assert.Equal(
            ServedBindings.All.Order(StringComparer.Ordinal),
            rows.SelectMany(static row => InCode().Matches(row.Split('|')[1]).Select(static match => match.Groups["binding"].Value)).Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"`(?<binding>\[\w+\])`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InCode();

    public static class Served
    {
        [Function("ping")]
        public static string Ping([HttpTrigger("get")] HttpRequestData request) => "here";
    }

    public static class Pictures
    {
        [Function("ping")]
        public static string Ping([HttpTrigger("get")] HttpRequestData request) => "here";

        [Function("OnPicture")]
        public static void OnPicture([BlobTrigger("pictures/{name}")] string picture, string name)
        {
        }

        [Function("save")]
        public static Saved Save([HttpTrigger("get")] HttpRequestData request, [BlobInput("templates/a")] string template) =>
            throw new InvalidOperationException("It should not have run.");

        [Function("copy-all")]
        public static Task<string> CopyAll([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("copy", "a");

        [Function("copy")]
        [BlobOutput("copies/a")]
        public static string Copy([ActivityTrigger] string input) => throw new InvalidOperationException("It should not have run.");
    }

    public sealed class Saved
    {
        [HttpResult]
        public HttpResponseData? Answer { get; init; }

        [BlobOutput("copies/b")]
        public string? Copy { get; init; }
    }
}
