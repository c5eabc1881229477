using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>
/// The infrastructure as its compiler understands it. Nothing here asks Azure: whether a region has it all, only a deployment
/// tells.
/// </summary>
public sealed class InfraTests(PredictedInfra infra) : IClassFixture<PredictedInfra>
{
    private const string AzureStorage = "AzureStorage";
    private const string Scheduler = "DurableTaskScheduler";
    private const string BlobDataOwner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
    private const string TableDataContributor = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
    private const string QueueDataContributor = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string MonitoringMetricsPublisher = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string DurableTaskDataContributor = "0ad04412-c4d5-4796-b79c-f76d14c8d402";

    [BicepFact]
    public async Task Template_Built_HasNoErrorNorWarningAndFitsTheParametersFile()
    {
        var build = await Bicep.BuildAsync();

        Assert.Equal("", build.Errors);
        using var template = JsonDocument.Parse(build.Output);
        using var file = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json"));
        var declared = template.RootElement.GetProperty("parameters").EnumerateObject().ToList();
        var given = NamesOf(file.RootElement.GetProperty("parameters").EnumerateObject());
        Assert.Subset(NamesOf(declared), given);
        Assert.Superset(NamesOf(declared.Where(static parameter => !parameter.Value.TryGetProperty("defaultValue", out _))), given);
    }

    [BicepFact]
    public void Storage_Deployed_TakesNoSharedKeyAndShowsNothingPublicly()
    {
        var account = Assert.Single(infra.PropertiesOf(AzureStorage, "Microsoft.Storage/storageAccounts"));

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
    }

    [BicepFact]
    public void App_Deployed_TakesNoPasswordNoTelemetryKeyAndNoPlainHttp()
    {
        Assert.True(Assert.Single(infra.PropertiesOf(AzureStorage, "Microsoft.Web/sites")).GetProperty("httpsOnly").GetBoolean());
        Assert.True(Assert.Single(infra.PropertiesOf(AzureStorage, "Microsoft.Insights/components")).GetProperty("DisableLocalAuth").GetBoolean());
        var passwords = infra.PropertiesOf(AzureStorage, "Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal([false, false], passwords.Select(static policy => policy.GetProperty("allow").GetBoolean()));
    }

    [BicepFact]
    public void Identity_OnEachBackend_HasTheRolesItNeedsAndNoOther()
    {
        string[] always = [BlobDataOwner, TableDataContributor, MonitoringMetricsPublisher];

        Assert.Equivalent((string[])[.. always, QueueDataContributor], infra.RolesOf(AzureStorage), strict: true);
        Assert.Equivalent((string[])[.. always, DurableTaskDataContributor], infra.RolesOf(Scheduler), strict: true);
    }

    [BicepFact]
    public void Backend_OfTheScheduler_AddsItsResourcesAndTheSettingThatNamesThem()
    {
        const string Setting = "DURABLE_TASK_SCHEDULER_CONNECTION_STRING";

        Assert.Single(infra.PropertiesOf(Scheduler, "Microsoft.DurableTask/schedulers/taskHubs"));
        Assert.Contains("Authentication=ManagedIdentity", Settings(Scheduler).GetProperty(Setting).GetString(), StringComparison.Ordinal);
        Assert.Empty(infra.PropertiesOf(AzureStorage, "Microsoft.DurableTask/schedulers"));
        Assert.False(Settings(AzureStorage).TryGetProperty(Setting, out _));
    }

    [BicepFact]
    public async Task Secrets_OfADeployment_ReachTheSettingsByWayOfTheVault()
    {
        var resources = await Bicep.PredictAsync(
            ("environmentName", "orders-test"),
            ("location", "westeurope"),
            ("durableBackend", AzureStorage),
            ("webhookUrl", "https://shop.example/hook"),
            ("webhookSecret", "whsec_a-secret"),
            ("paymentBaseUrl", "https://pay.example/"),
            ("paymentKey", "a-key"));

        var types = resources.ToLookup(static resource => resource.GetProperty("type").GetString(), StringComparer.Ordinal);
        var settings = types["Microsoft.Web/sites/config"].Single().GetProperty("properties");
        Assert.Single(types["Microsoft.KeyVault/vaults"]);
        Assert.All(
            (string[])["Notifications__WebhookSecret", "Payments__Key"],
            secret => Assert.Contains("Microsoft.Resources/deployments/vault-", settings.GetProperty(secret).GetString(), StringComparison.Ordinal));
    }

    private static HashSet<string> NamesOf(IEnumerable<JsonProperty> parameters) =>
        parameters.Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);

    private JsonElement Settings(string backend) => Assert.Single(infra.PropertiesOf(backend, "Microsoft.Web/sites/config"));
}
