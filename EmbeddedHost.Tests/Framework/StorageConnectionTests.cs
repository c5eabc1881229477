using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting;
using Microsoft.Extensions.Configuration;

namespace EmbeddedHost.Tests.Framework;

/// <summary>A storage account as settings name it.</summary>
public sealed class StorageConnectionTests
{
    [Theory]
    [InlineData("AzureWebJobsStorage", "AzureWebJobsStorage")]
    [InlineData("Storage", "Storage")]
    [InlineData("ConnectionStrings:Storage", "ConnectionStrings__Storage")]
    public void Read_ConnectionString_IsFoundWithAndWithoutThePrefix(string key, string setting)
    {
        var connection = StorageConnection.Read(new ConfigurationManager { [key] = "UseDevelopmentStorage=true" }, "Storage");

        Assert.Equal(setting, connection.Setting);
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", $"{connection.Address()}");
        Assert.Equal("devstoreaccount1", connection.Blobs().AccountName);
        Assert.Equal("devstoreaccount1", connection.Queues().AccountName);
    }

    [Fact]
    public void Read_AccountAndIdentity_HasTheServicesOfThatAccount()
    {
        var connection = StorageConnection.Read(
            new ConfigurationManager
            {
                ["AzureWebJobsStorage:accountName"] = "shop",
                ["AzureWebJobsStorage:queueServiceUri"] = "https://elsewhere.example/queues",
            },
            "Storage");

        Assert.Equal(
            ("https://shop.table.core.windows.net/", "https://shop.blob.core.windows.net/", "https://elsewhere.example/queues"),
            ($"{connection.Address()}", $"{connection.Blobs().Uri}", $"{connection.Queues().Uri}"));
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "", "The storage connection 'Storage' is not set: set AzureWebJobsStorage to a connection string")]
    [InlineData("Other", "x", "The storage connection 'Storage' is not set: set AzureWebJobsStorage to a connection string")]
    [InlineData("AzureWebJobsStorage:credential", "managedidentity", "The storage connection 'AzureWebJobsStorage' names no account: set AzureWebJobsStorage__accountName, or AzureWebJobsStorage__blobServiceUri.")]
    [InlineData("AzureWebJobsStorage:blobServiceUri", "shop", "Setting AzureWebJobsStorage__blobServiceUri should be an address such as https://name.blob.core.windows.net, found 'shop'.")]
    public void Read_SettingsThatNameNoAccount_SaysWhichToSet(string key, string value, string told)
    {
        var error = Assert.Throws<HostStartupException>(() =>
            StorageConnection.Read(new ConfigurationManager { [key] = value }, "Storage").Provider());

        Assert.StartsWith(told, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Provider_TextThatIsNoConnection_IsRefusedWithoutTellingIt()
    {
        var connection = StorageConnection.Read(new ConfigurationManager { ["AzureWebJobsStorage"] = "AccountKey=secret" }, "Storage");

        Assert.Equal("Setting AzureWebJobsStorage is not a storage connection string.", Assert.Throws<HostStartupException>(connection.Blobs).Message);
        Assert.Equal("Setting AzureWebJobsStorage is not a storage connection string.", Assert.Throws<HostStartupException>(connection.Address).Message);
    }
}
