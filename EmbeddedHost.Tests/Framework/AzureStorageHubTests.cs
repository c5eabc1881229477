using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Framework;

/// <summary>Which task hub of which account a host on Azure Storage has.</summary>
public sealed class AzureStorageHubTests
{
    [Theory]
    [InlineData("OrderSaga", null, "OrderSaga")]
    [InlineData("%Hub%", null, "FromSetting")]
    [InlineData(null, null, "TestHubName")]
    [InlineData(null, "my-site", "mysite")]
    [InlineData(null, "7-eleven", "t7eleven")]
    [InlineData(null, "a", "aHub")]
    [InlineData(null, "---", "DefaultTaskHub")]
    public void NameOf_HostJsonOrSite_IsWhatTheDurableExtensionTakes(string? hubName, string? site, string expected)
    {
        var configuration = new ConfigurationManager { ["WEBSITE_SITE_NAME"] = site, ["Hub"] = "FromSetting" };

        Assert.Equal(expected, AzureStorageHub.NameOf(new StorageProviderSettings { HubName = hubName }, configuration));
    }

    [Theory]
    [InlineData("my-hub", "host.json: extensions.durableTask.hubName should be 3 to 45 letters and digits, a letter first, found \"my-hub\".")]
    [InlineData("7hub", "host.json: extensions.durableTask.hubName should be 3 to 45 letters and digits, a letter first, found \"7hub\".")]
    [InlineData("%Nothing%", "host.json: extensions.durableTask.hubName is \"%Nothing%\", and the setting 'Nothing' is not set.")]
    public void NameOf_NameThatNoHubCanHave_SaysWhatIsExpected(string hubName, string told)
    {
        var error = Assert.Throws<HostStartupException>(() =>
            AzureStorageHub.NameOf(new StorageProviderSettings { HubName = hubName }, new ConfigurationManager()));

        Assert.Equal(told, error.Message);
    }

    [Fact]
    public void Open_HostJsonNamesAnotherStore_IsRefused()
    {
        var configuration = new ConfigurationManager { ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true" };
        var error = Assert.Throws<HostStartupException>(() => AzureStorageHub.Open(
            "Hub",
            new HostJson { Storage = new StorageProviderSettings { Type = "mssql" } },
            StorageConnection.Read(configuration, "Storage"),
            configuration,
            NullLoggerFactory.Instance));

        Assert.Equal("host.json: extensions.durableTask.storageProvider.type is \"mssql\", and the engine is AzureStorage: they should be the same.", error.Message);
    }
}
