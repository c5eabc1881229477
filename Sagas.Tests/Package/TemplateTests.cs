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
        var trip = new { trip_id = "paris-1", flight = "SG 1", hotel = "Grand", price_minor = 90_000, limit_minor = 100_000 };
        using var booked = await app.Http.PostAsJsonAsync(new Uri("api/trips", UriKind.Relative), trip);
        var end = await app.UntilAsync("api/trips/paris-1", static trip => trip.GetProperty("runtimeStatus").GetString() == "Completed");

        Assert.Equal(HttpStatusCode.Accepted, booked.StatusCode);
        // What F5 starts in an editor is what was built.
        using var launch = JsonDocument.Parse(await File.ReadAllTextAsync(app.PathOf("shop/.vscode/launch.json")));
        var program = launch.RootElement.GetProperty("configurations")[0].GetProperty("program").GetString()!;
        Assert.True(File.Exists(program.Replace("${workspaceFolder}", app.PathOf("shop"), StringComparison.Ordinal)), $"There is no {program}.");
        Assert.Equal("TripBooked", end.GetProperty("story").GetProperty("path").EnumerateArray().Last().GetString());
    }
}
