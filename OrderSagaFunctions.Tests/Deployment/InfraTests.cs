using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The infrastructure as its compiler understands it. Nothing here asks Azure: whether a region has it all, only a deployment tells.</summary>
public sealed class InfraTests(CompiledInfra infra) : IClassFixture<CompiledInfra>
{
    [BicepFact]
    public void Main_Compiled_HasNoErrorNorWarning() => Assert.Empty(infra.Diagnostics);

    [BicepFact]
    public void Storage_Compiled_TakesNoSharedKeyAndShowsNothingPublicly()
    {
        var account = Assert.Single(infra.PropertiesOf("Microsoft.Storage/storageAccounts"));

        Assert.False(account.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(account.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", account.GetProperty("minimumTlsVersion").GetString());
    }

    [BicepFact]
    public void Telemetry_Compiled_TakesNoKey() =>
        Assert.True(Assert.Single(infra.PropertiesOf("Microsoft.Insights/components")).GetProperty("DisableLocalAuth").GetBoolean());

    [BicepFact]
    public void App_Compiled_AnswersOverHttpsAndDeploysWithoutPasswords()
    {
        Assert.True(Assert.Single(infra.PropertiesOf("Microsoft.Web/sites")).GetProperty("httpsOnly").GetBoolean());
        Assert.All(
            infra.PropertiesOf("Microsoft.Web/sites/basicPublishingCredentialsPolicies"),
            static policy => Assert.False(policy.GetProperty("allow").GetBoolean()));
    }

    [BicepFact]
    public void Parameters_OfTheFile_AreTheTemplatesAndLeaveNoneOpen()
    {
        var declared = infra.Template.GetProperty("parameters").EnumerateObject().ToList();
        using var file = JsonDocument.Parse(Repository.Read("infra", "main.parameters.json"));
        var given = file.RootElement.GetProperty("parameters").EnumerateObject().Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);

        Assert.Subset(declared.Select(static parameter => parameter.Name).ToHashSet(StringComparer.Ordinal), given);
        Assert.All(
            declared.Where(static parameter => !parameter.Value.TryGetProperty("defaultValue", out _)),
            parameter => Assert.Contains(parameter.Name, given));
    }

    [BicepFact]
    public void Secrets_Compiled_AreSecureParametersAndNoOutput()
    {
        var parameters = infra.Template.GetProperty("parameters");

        Assert.All(
            (string[])["webhookSecret", "paymentKey"],
            secret => Assert.Equal("securestring", parameters.GetProperty(secret).GetProperty("type").GetString(), ignoreCase: true));
        Assert.Equal(
            ["AZURE_FUNCTION_NAME", "AZURE_RESOURCE_GROUP", "ORDERS_URL"],
            infra.Template.GetProperty("outputs").EnumerateObject().Select(static output => output.Name));
    }
}
