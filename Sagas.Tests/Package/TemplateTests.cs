using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EmbeddedHost.Tests.Package;
using EmbeddedHost.Tests.Storage;

namespace Sagas.Tests.Package;

/// <summary>What <c>dotnet new durable-saga</c> makes, by the commands that its README names.</summary>
public sealed class TemplateTests(PackedTemplates templates) : IClassFixture<PackedTemplates>
{
    [Fact]
    public async Task Template_InAnEmptyFolder_PassesItsTestsAndRuns()
    {
        await using var app = new FreshApp(templates, new Dictionary<string, string>(StringComparer.Ordinal));
        // Apart from the templates of whoever runs this.
        using var folder = new TempFolder();
        string[] hive = ["--debug:custom-hive", folder.Path];
        await app.DotnetAsync(["new", "install", templates.PathOf(PackedTemplates.Id, "nupkg"), .. hive]);
        await app.DotnetAsync(["new", "durable-saga", "--name", "My.Shop", "--output", "shop", .. hive]);

        await app.DotnetAsync("test", "shop/My.Shop.slnx");
        await app.RunAsync("--no-build", "--project", "shop/My.Shop");
        using var booked = await BookAsync(app.Http, "paris-1");
        var end = await app.UntilAsync("api/trips/paris-1", static trip => trip.GetProperty("runtimeStatus").GetString() == "Completed");

        Assert.Equal(HttpStatusCode.Accepted, booked.StatusCode);
        Assert.Equal("TripBooked", end.GetProperty("story").GetProperty("path").EnumerateArray().Last().GetString());
        _ = await app.KillAsync();
        await StopAtABreakpointAsync(app.PathOf("shop"));
    }

    // As F5 in an editor: what the launch file names is started, under a debugger.
    private static async Task StopAtABreakpointAsync(string workspace)
    {
        using var launch = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(workspace, ".vscode", "launch.json")));
        var configuration = launch.RootElement.GetProperty("configurations")[0];
        string Place(string name) => configuration.GetProperty(name).GetString()!.Replace("${workspaceFolder}", workspace, StringComparison.Ordinal);
        var saga = await File.ReadAllLinesAsync(Path.Combine(Place("cwd"), "TripSaga.cs"));
        var line = 1 + Array.FindIndex(saga, static line => line.Contains("saga.DoAsync(ReserveRoom", StringComparison.Ordinal));

        await using var app = await AppProcess.StartAsync(DotnetTool.StartInfo(Place("cwd"), Place("program"), "--port", "0"));
        if (!OperatingSystem.IsLinux())
        {
            // The debugger of this test knows where the runtime is on Linux.
            return;
        }

        var debugger = Debugger.Attach(app.Id, Place("program"), "TripSaga.cs", line);
        var booked = BookAsync(app.Http, "paris-2");
        await debugger.StoppedAsync(DotnetTool.Patience);
        await debugger.GoOnAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await booked).StatusCode);
        _ = await app.UntilAsync("api/trips/paris-2", static trip => trip.GetProperty("runtimeStatus").GetString() == "Completed");
    }

    private static Task<HttpResponseMessage> BookAsync(HttpClient http, string trip) => http.PostAsJsonAsync(
        new Uri("api/trips", UriKind.Relative),
        new { trip_id = trip, flight = "SG 1", hotel = "Grand", price_minor = 90_000, limit_minor = 100_000 });
}
