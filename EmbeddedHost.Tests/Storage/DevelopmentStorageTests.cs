using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Storage;

/// <summary>How an app that registers a client of development storage comes by the embedded tables.</summary>
public sealed class DevelopmentStorageTests(EmbeddedTableFixture embedded) : IClassFixture<EmbeddedTableFixture>
{
    private const string Development = "UseDevelopmentStorage=true";
    private const string Elsewhere = "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

    // The key is published: every emulator has it.
    private const string Emulator = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + "TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;";

    public static TheoryData<Action<IServiceCollection>> Registrations => new()
    {
        static services => services.AddSingleton(new TableServiceClient(Development)),
        static services => services.AddSingleton(static _ => new TableServiceClient(Emulator)),
        static services => services.AddScoped(static _ => new TableServiceClient(Development)),
    };

    [Theory]
    [MemberData(nameof(Registrations))]
    public void ServiceClient_OfDevelopmentStorage_IsTheEmbeddedOne(Action<IServiceCollection> register) =>
        Assert.Same(embedded.Tables.Client, Provider(register).GetRequiredService<TableServiceClient>());

    [Fact]
    public void ServiceClient_RegisteredByKey_IsTheEmbeddedOne()
    {
        using var provider = Provider(static services => services
            .AddKeyedSingleton("a", new TableServiceClient(Development))
            .AddKeyedSingleton("b", static (_, _) => new TableServiceClient(Development)));

        Assert.Same(embedded.Tables.Client, provider.GetRequiredKeyedService<TableServiceClient>("a"));
        Assert.Same(embedded.Tables.Client, provider.GetRequiredKeyedService<TableServiceClient>("b"));
    }

    [Fact]
    public async Task TableClient_OfDevelopmentStorage_IsATableOfTheEmbeddedOne()
    {
        await embedded.Tables.Client.CreateTableIfNotExistsAsync("lone");
        using var provider = Provider(static services => services.AddSingleton(static _ => new TableClient(Development, "lone")));

        await provider.GetRequiredService<TableClient>().AddEntityAsync(new TableEntity("p", "r"));

        Assert.True((await embedded.Tables.Client.GetTableClient("lone").GetEntityIfExistsAsync<TableEntity>("p", "r")).HasValue);
    }

    [Fact]
    public void Client_OfAnotherAccount_StaysAsItIs()
    {
        using var provider = Provider(static services => services
            .AddSingleton(static _ => new TableServiceClient(Elsewhere))
            .AddSingleton(static _ => new TableClient(Elsewhere, "orders")));

        Assert.Equal("shop", provider.GetRequiredService<TableServiceClient>().AccountName);
        Assert.Equal("shop", provider.GetRequiredService<TableClient>().AccountName);
    }

    [Fact]
    public void Client_DerivedByTheApp_StaysAsItIs()
    {
        using var provider = Provider(static services => services.AddSingleton<TableServiceClient, Derived>());

        _ = Assert.IsType<Derived>(provider.GetRequiredService<TableServiceClient>());
    }

    private ServiceProvider Provider(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        services.AddSingleton((EmbeddedTableServiceClient)embedded.Tables.Client);
        register(services);
        services.UseEmbeddedTables();
        return services.BuildServiceProvider();
    }

    private sealed class Derived : TableServiceClient;
}
