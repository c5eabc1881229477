using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Tests.Hosting.Configuration;

/// <summary>The host's own settings, and the options that go before them.</summary>
public sealed class HubOptionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("5", null, 5)]
    [InlineData("5", "7", 7)]
    public void HubOptions_CacheSize_ComesFromTheOptionThenTheSetting(string setting, string? option, int expected)
    {
        var configuration = new ConfigurationManager { ["EmbeddedHost:MaxWarmOrchestrators"] = setting };
        var settings = HostSettings.Read(option is null ? [] : ["--cache", option], _folder.Path);

        Assert.Equal(expected, HubOptions.Read(settings.Arguments, configuration).For(settings).MaxWarmOrchestrators);
    }

    [Theory]
    [InlineData("EmbeddedHost:MaxWarmOrchestrators", "many", "EmbeddedHost__MaxWarmOrchestrators is 'many', expected a whole number from 0")]
    [InlineData("EmbeddedHost:MaxWarmOrchestrators", "-1", "EmbeddedHost__MaxWarmOrchestrators is '-1', expected a whole number from 0")]
    [InlineData("EmbeddedHost:MaxWarm", "5", "EmbeddedHost__MaxWarm is no setting. There are EmbeddedHost__Engine, EmbeddedHost__MaxWarmOrchestrators, EmbeddedHost__Keys.")]
    [InlineData("EmbeddedHost:Engine", "Netherite", "EmbeddedHost__Engine is 'Netherite', expected one of Embedded, AzureStorage.")]
    public void HubOptions_SettingThatIsNone_IsNamed(string key, string value, string told)
    {
        var configuration = new ConfigurationManager { [key] = value };
        var error = Assert.Throws<HostStartupException>(() => HubOptions.Read(HostArguments.Parse([]), configuration));

        Assert.StartsWith(told, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, nameof(HostEngine.Embedded))]
    [InlineData(null, "azurestorage", nameof(HostEngine.AzureStorage))]
    [InlineData("AzureStorage", null, nameof(HostEngine.AzureStorage))]
    [InlineData("Embedded", "AzureStorage", nameof(HostEngine.Embedded))]
    public void HubOptions_Engine_ComesFromTheOptionThenTheSetting(string? option, string? setting, string expected)
    {
        var configuration = new ConfigurationManager { ["EmbeddedHost:Engine"] = setting };

        Assert.Equal(expected, $"{HubOptions.Read(HostArguments.Parse(option is null ? [] : ["--engine", option]), configuration).Engine}");
    }

    [Theory]
    [InlineData("--reset", "Option --reset has no effect with the engine AzureStorage, which keeps nothing in files of this machine: leave it out.")]
    [InlineData("--accept-mismatch", "Option --accept-mismatch has no effect with the engine AzureStorage, which keeps nothing in files of this machine: leave it out.")]
    [InlineData("--stats=x", "Option --stats has no effect with the engine AzureStorage, which keeps nothing in files of this machine: leave it out.")]
    [InlineData("--cache=5", "Option --cache has no effect with the engine AzureStorage, which replays each turn from history: leave it out.")]
    public void HubOptions_OptionOfTheEmbeddedEngineBesideAnother_IsRefused(string option, string told)
    {
        var error = Assert.Throws<HostStartupException>(() =>
            HubOptions.Read(HostArguments.Parse(["--engine", "AzureStorage", option]), new ConfigurationManager()));

        Assert.Equal(told, error.Message);
    }

    [Fact]
    public void HubOptions_SettingOfTheEmbeddedEngineBesideAnother_IsRefused()
    {
        var configuration = new ConfigurationManager { ["EmbeddedHost:Engine"] = "AzureStorage", ["EmbeddedHost:MaxWarmOrchestrators"] = "5" };
        var error = Assert.Throws<HostStartupException>(() => HubOptions.Read(HostArguments.Parse([]), configuration));

        Assert.StartsWith("Setting EmbeddedHost__MaxWarmOrchestrators has no effect with the engine AzureStorage", error.Message, StringComparison.Ordinal);
    }
}
