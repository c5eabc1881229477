using DurableTask.Core.Settings;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;

namespace EmbeddedHost.Tests.Hosting.Configuration;

/// <summary>Settings that go before what <c>host.json</c> says.</summary>
public sealed class SettingOverridesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static KeyValuePair<string, string>[] Overrides(params (string Name, string Value)[] settings) =>
        [.. settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Value))];

    [Fact]
    public void Read_SettingsInPlaceOfHostJson_GoBeforeIt()
    {
        _ = _folder.Write("host.json", """
            {
              "logging": { "logLevel": { "default": "Warning", "Mine": "Debug" } },
              "extensions": { "http": { "routePrefix": "v1", "useForwardedHost": true }, "durableTask": { "maxConcurrentActivityFunctions": 3 } }
            }
            """);
        _ = _folder.Write("local.settings.json", """
            {
              "Values": {
                "AzureFunctionsJobHost__extensions__http__routePrefix": "v2",
                "AzureFunctionsJobHost__extensions__durableTask__hubName": "Mine"
              }
            }
            """);

        var host = HostSettings.Read([], _folder.Path, Overrides(
            ("AzureFunctionsJobHost:extensions:http:useForwardedHost", "False"),
            ("AzureFunctionsJobHost__extensions__http__routePrefix", "v3"),
            ("azurefunctionsjobhost__EXTENSIONS__durabletask__maxConcurrentActivityFunctions", "7"),
            ("AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval", "00:00:00.100"),
            ("AzureFunctionsJobHost__extensions__durableTask__versionMatchStrategy", "Strict"),
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "4"),
            ("AzureFunctionsJobHost__functionTimeout", "00:01:00"),
            ("AzureFunctionsJobHost__logging__logLevel__Mine", "Error"),
            ("AzureFunctionsJobHost__nobody__asks", "for this"))).Host;

        Assert.Equal(("v3", false, "Mine", 7), (host.RoutePrefix, host.UseForwardedHost, host.Storage.HubName, host.MaxConcurrentActivities));
        Assert.Equal(TimeSpan.FromMilliseconds(100), host.Storage.MaxQueuePollingInterval);
        Assert.Equal((VersioningSettings.VersionMatchStrategy.Strict, 4), (host.Versioning.MatchStrategy, host.Queues.BatchSize));
        Assert.Equal(TimeSpan.FromMinutes(1), host.FunctionTimeout);
        Assert.Equal(["default=Warning", "Mine=Error"], host.LogLevels.Select(static level => $"{level.Key}={level.Value}").Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("extensions__http__routePrefix", "v4", null)]
    [InlineData("extensions__http", "v4", "AzureFunctionsJobHost__extensions__http is 'v4', expected an object.")]
    [InlineData("extensions__http__useForwardedHost", "1", "AzureFunctionsJobHost__extensions__http__useForwardedHost is '1', expected true or false.")]
    [InlineData(
        "extensions__durableTask__storageProvider__partitionCount", "17",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__partitionCount is '17', expected a whole number from 1 to 16.")]
    [InlineData(
        "extensions__durableTask__storageProvider__maxQueuePollingInterval", "soon",
        "AzureFunctionsJobHost__extensions__durableTask__storageProvider__maxQueuePollingInterval is 'soon', expected a time such as")]
    [InlineData("functionTimeout", "5", "AzureFunctionsJobHost__functionTimeout is '5', expected a time such as")]
    [InlineData("logging__logLevel__default", "Loud", "AzureFunctionsJobHost__logging__logLevel__default is 'Loud', expected one of Trace, Debug")]
    public void Read_SettingInPlaceOfHostJson_WithoutTheFile_IsTakenOrRefusedByItsName(string key, string value, string? refusal)
    {
        HostJson Read() => HostSettings.Read([], _folder.Path, Overrides(($"AzureFunctionsJobHost__{key}", value))).Host;

        if (refusal is null)
        {
            Assert.Equal(value, Read().RoutePrefix);
            return;
        }

        Assert.StartsWith(refusal, Assert.Throws<HostStartupException>(Read).Message, StringComparison.Ordinal);
    }
}
