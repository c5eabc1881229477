using Azure;
using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables;

namespace EmbeddedHost.Tests.Storage;

public sealed class TableDatabasesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DevelopmentStorage_InAHostsFlow_IsThatHostsDatabase()
    {
        using var store = new TableStore(_folder.File("tables.db"));
        using var registration = TableDatabases.Register(store, "hostofthistest");
        TableServiceClient client;
        using (TableDatabases.Use("hostofthistest"))
        {
            client = new TableServiceClient("UseDevelopmentStorage=true");
        }

        await client.CreateTableAsync("orders");

        Assert.Equal("hostofthistest", client.AccountName);
        Assert.True(EntityQuery.TableExists(store, "orders"));
        Assert.Equal(TableDatabases.DevelopmentAccount, new TableServiceClient("UseDevelopmentStorage=true").AccountName);
    }

    [Fact]
    public async Task NamedAccount_Registered_IsResolvedAtFirstUse()
    {
        var byName = new TableClient("AccountName=latehost;AccountKey=a2V5", "orders");
        var byAddress = new TableClient(new Uri("http://127.0.0.1:10002/latehost"), "orders", new TableSharedKeyCredential("latehost", "a2V5"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => byName.CreateAsync());

        using var store = new TableStore(_folder.File("tables.db"));
        using (TableDatabases.Register(store, "latehost"))
        {
            await byName.CreateAsync();
            await byAddress.AddEntityAsync(new TableEntity("p", "r"));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => byName.CreateAsync());
    }

    [Fact]
    public void Register_AccountServed_IsRefused()
    {
        using var store = new TableStore(_folder.File("tables.db"));
        using var registration = TableDatabases.Register(store, "taken");

        Assert.Contains("taken", Assert.Throws<InvalidOperationException>(() => TableDatabases.Register(store, "taken")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=live;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net")]
    [InlineData("TableEndpoint=https://live.table.core.windows.net/;SharedAccessSignature=c2VjcmV0")]
    public void ConnectionString_OfTheCloud_IsRefusedWithoutTellingItsKey(string connectionString)
    {
        var refusal = Assert.Throws<NotSupportedException>(() => new TableServiceClient(connectionString));

        Assert.Contains("DurableHost=Azure", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Endpoint_OfTheCloud_IsRefused() => Assert.Throws<NotSupportedException>(() =>
        new TableServiceClient(new Uri("https://live.table.core.windows.net"), new AzureSasCredential("sig")));

    [Theory]
    [InlineData("no pairs")]
    [InlineData("Unknown=1")]
    public void ConnectionString_Malformed_IsRefused(string connectionString) =>
        Assert.Throws<FormatException>(() => new TableServiceClient(connectionString));
}
