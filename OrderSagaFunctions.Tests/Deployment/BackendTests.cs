using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What azd publishes: one value decides on both its package and its infrastructure.</summary>
public sealed class BackendTests
{
    private const string SchedulerPackage = "Microsoft.Azure.Functions.Worker.Extensions.DurableTask.AzureManaged";
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Theory]
    [InlineData("", "host.json", false)]
    [InlineData("AzureStorage", "host.json", false)]
    [InlineData("DurableTaskScheduler", "host.scheduler.json", true)]
    public async Task Publish_InAnAzdEnvironment_TakesItsBackend(string backend, string hostJson, bool needsPackage)
    {
        var build = await EvaluateAsync(("AZURE_ENV_NAME", "orders-dev"), ("DURABLE_BACKEND", backend));

        Assert.Equal(needsPackage, Items(build, "PackageReference").Contains(SchedulerPackage));
        Assert.Equal([(hostJson, "host.json")], HostFiles(build));
    }

    [Fact]
    public async Task Publish_LocalSettings_AreBesideABuildAndNeverDeployed()
    {
        var build = await EvaluateAsync();

        var settings = build.GetProperty("Items").GetProperty("None").EnumerateArray()
            .Where(static item => item.GetProperty("Identity").GetString()!.StartsWith("local.settings", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(settings);
        Assert.All(settings, static item => Assert.Equal(
            ("PreserveNewest", "Never"), (item.GetProperty("CopyToOutputDirectory").GetString(), item.GetProperty("CopyToPublishDirectory").GetString())));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("false", false)]
    public async Task Build_EmbeddedHostIsNotWanted_HasNothingOfIt(string wanted, bool has)
    {
        var build = await EvaluateAsync(("EmbeddedHost", wanted));

        Assert.Equal(has, Items(build, "ProjectReference").Contains("../EmbeddedHost/EmbeddedHost.csproj"));
    }

    [Fact]
    public void HostJson_OfTheScheduler_DiffersInItsStorageProviderAlone()
    {
        var (one, other) = (DurableTask("host.json", out var azureStorage), DurableTask("host.scheduler.json", out var scheduler));
        _ = one.Remove("storageProvider");
        _ = other.Remove("storageProvider");

        Assert.Equal(azureStorage.ToJsonString(), scheduler.ToJsonString());
    }

    [Fact]
    public void HostJson_OfTheScheduler_NamesTheHubAndTheSettingThatTheInfrastructureMakes()
    {
        var durableTask = DurableTask("host.scheduler.json", out _);

        Assert.Contains($"'{durableTask["hubName"]}'", Repository.Read("infra", "modules", "scheduler.bicep"), StringComparison.Ordinal);
        Assert.Contains($"{durableTask["storageProvider"]!["connectionStringName"]}:", Repository.Read("infra", "main.bicep"), StringComparison.Ordinal);
    }

    [Fact]
    public void AzureYaml_OfTheService_NamesAProjectAndTheTagOfItsApp()
    {
        var azd = Repository.Read("azure.yaml");

        Assert.Contains("project: ./OrderSagaFunctions", azd, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Repository.PathOf("OrderSagaFunctions"), "*.*proj"));
        Assert.Contains("  orders:", azd, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'orders'", Repository.Read("infra", "modules", "app.bicep"), StringComparison.Ordinal);
    }

    private static JsonObject DurableTask(string file, out JsonNode whole)
    {
        whole = JsonNode.Parse(Repository.Read("OrderSagaFunctions", file), documentOptions: Commented)!;
        return whole["extensions"]!["durableTask"]!.AsObject();
    }

    private static List<string> Items(JsonElement build, string type) =>
        [.. build.GetProperty("Items").GetProperty(type).EnumerateArray().Select(static item => item.GetProperty("Identity").GetString()!)];

    /// <summary>The host's settings that come into the output, and the name that they have there.</summary>
    private static IEnumerable<(string File, string Name)> HostFiles(JsonElement build) =>
        from item in build.GetProperty("Items").GetProperty("None").EnumerateArray()
        let file = item.GetProperty("Identity").GetString()!
        where file.StartsWith("host.", StringComparison.Ordinal) && item.TryGetProperty("CopyToOutputDirectory", out _)
        select (file, item.TryGetProperty("Link", out var link) ? link.GetString()! : file);

    private static async Task<JsonElement> EvaluateAsync(params (string Name, string Value)[] environment)
    {
        var run = await Tool.RunAsync(
            "dotnet",
            environment.ToDictionary(static pair => pair.Name, static pair => pair.Value, StringComparer.Ordinal),
            "msbuild",
            Repository.PathOf("OrderSagaFunctions", "OrderSagaFunctions.csproj"),
            "-getItem:PackageReference,ProjectReference,None");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
