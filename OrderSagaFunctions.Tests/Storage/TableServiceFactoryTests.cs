using Microsoft.Extensions.Configuration;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Storage;

public sealed class TableServiceFactoryTests
{
    [Theory]
    [InlineData("accountName", "shop", "https://shop.table.core.windows.net/")]
    [InlineData("tableServiceUri", "https://shop.table.core.chinacloudapi.cn", "https://shop.table.core.chinacloudapi.cn/")]
    public void Endpoint_AccountOrAddress_IsWhereTheTablesAre(string key, string value, string address) =>
        Assert.Equal(address, TableServiceFactory.Endpoint(Settings((key, value)).GetSection("AzureWebJobsStorage"))!.AbsoluteUri);

    [Fact]
    public void Endpoint_NotAnAddress_NamesTheKey()
    {
        var failure = Assert.Throws<InvalidOperationException>(
            () => TableServiceFactory.Create(Settings(("tableServiceUri", "shop"))));

        Assert.Contains("AzureWebJobsStorage__tableServiceUri is 'shop'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_NothingConfigured_NamesTheKeys()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => TableServiceFactory.Create(Settings()));

        Assert.Contains("AzureWebJobsStorage__accountName", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_ByIdentity_LeadsToTheAccount() => Assert.Equal(
        "https://shop.table.core.windows.net/",
        TableServiceFactory.Create(Settings(("accountName", "shop"), ("clientId", "11111111-1111-1111-1111-111111111111"))).Uri.AbsoluteUri);

    private static IConfiguration Settings(params (string Key, string Value)[] storage) => new ConfigurationBuilder()
        .AddInMemoryCollection(storage.Select(static setting => KeyValuePair.Create($"AzureWebJobsStorage:{setting.Key}", (string?)setting.Value)))
        .Build();
}
