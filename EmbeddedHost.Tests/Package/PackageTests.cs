using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EmbeddedHost.Tests.Package;

/// <summary>The host as a package that somebody else's app takes.</summary>
[Collection(PackageDefinition.Name)]
public sealed class PackageTests(PackedHost host)
{
    [Fact]
    public void Package_Pack_HasCodeDocumentationSymbolsAndTargets()
    {
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "README.md",
                "lib/net10.0/EmbeddedHost.dll",
                "lib/net10.0/EmbeddedHost.xml",
                $"build/{PackedHost.Id}.targets",
                $"build/{PackedHost.Id}.Run.targets",
            },
            host.Files(PackedHost.Id, "nupkg").ToHashSet(StringComparer.Ordinal));
        Assert.Contains("lib/net10.0/EmbeddedHost.pdb", host.Files(PackedHost.Id, "snupkg"));
    }

    [Fact]
    public void Package_Pack_SaysWhatItIs()
    {
        var metadata = host.Metadata(PackedHost.Id);

        Assert.Equal((PackedHost.Id, "MIT", "README.md"), (metadata["id"], metadata["license"], metadata["readme"]));
        Assert.Contains("Durable Functions", metadata["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_FreshAppKilledInTheMiddle_GoesOnAtItsNextStart()
    {
        await using var app = new FreshApp(host, FreshAppFiles.Of(host.Version));
        await app.RunAsync();
        var instance = await StartAsync(app);
        var asked = (await app.UntilAsync(instance, static status => status.GetProperty("customStatus").ValueKind == JsonValueKind.String))
            .GetProperty("customStatus").GetString();
        var killed = await app.KillAsync();

        await app.RunAsync("--no-build");
        using var answered = await app.Http.PostAsJsonAsync(new Uri($"{instance}/raiseEvent/Answer", UriKind.Relative), "yes");
        var end = await app.UntilAsync(instance, static status => status.GetProperty("runtimeStatus").GetString() is not ("Pending" or "Running"));

        Assert.Equal(HttpStatusCode.Accepted, answered.StatusCode);
        // All of the app runs in the one process that was started: what a debugger starts, it debugs.
        Assert.Equal($"Process {killed} asked Ada about order 7; process {killed} orchestrates", asked);
        Assert.Equal(("Completed", $"Process {killed} asked Ada about order 7: yes"), (end.GetProperty("runtimeStatus").GetString(), end.GetProperty("output").GetString()));
        Assert.NotEqual(killed, await app.KillAsync());
    }

    [Fact]
    public async Task Package_WatchedAppIsChanged_RestartsAndKeepsItsState()
    {
        await using var app = new FreshApp(host, FreshAppFiles.Of(host.Version));
        await app.WatchAsync();
        var instance = await StartAsync(app);
        _ = await app.UntilAsync(instance, static status => status.GetProperty("customStatus").GetString()?.Contains("asked Ada", StringComparison.Ordinal) ?? false);

        await app.ChangeAsync("Approval.cs", "{asked}: {await", "{asked}, and was told: {await");
        using var answered = await app.Http.PostAsJsonAsync(new Uri($"{instance}/raiseEvent/Answer", UriKind.Relative), "yes");
        var end = await app.UntilAsync(instance, static status => status.GetProperty("runtimeStatus").GetString() is not ("Pending" or "Running"));
        // Settings are read at the start: a change of them is one more.
        await app.ChangeAsync("local.settings.json", "Ada", "Bob");
        var next = await app.UntilAsync(await StartAsync(app), static status => status.GetProperty("customStatus").ValueKind == JsonValueKind.String);

        Assert.Equal(HttpStatusCode.Accepted, answered.StatusCode);
        Assert.EndsWith("asked Ada about order 7, and was told: yes", end.GetProperty("output").GetString(), StringComparison.Ordinal);
        Assert.Contains("asked Bob", next.GetProperty("customStatus").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Package_ProgramOfThePublicSamples_CompilesAndRunsAsItIs()
    {
        await using var app = new FreshApp(host, FreshAppFiles.OfSample(host.Version));
        await app.RunAsync();

        var greeting = await app.UntilAsync("shop/greetings/Ada", static _ => true);

        Assert.Equal(("Ada", "Hello Ada"), (greeting.GetProperty("name").GetString(), greeting.GetProperty("text").GetString()));
    }

    // The path of the new instance in the management API, which is the same after each start.
    private static async Task<string> StartAsync(FreshApp app)
    {
        using var started = await app.Http.PostAsync(new Uri("shop/approvals", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        return started.Headers.Location!.AbsolutePath;
    }
}
