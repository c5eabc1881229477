using OrderSagaFunctions.Tests.EndToEnd.Engines;

namespace OrderSagaFunctions.Tests.EndToEnd;

/// <summary>The app as a fresh clone starts it: the demo's settings, orchestrators kept warm.</summary>
public class WarmScenarioHost : IAsyncLifetime
{
    private readonly string[] _options;
    private AppProcess? _app;

    public WarmScenarioHost()
        : this([])
    {
    }

    protected WarmScenarioHost(string[] options) => _options = options;

    public AppProcess App => _app!;

    public async Task InitializeAsync() => _app = await AppProcess.StartAsync(options: _options);

    public async Task DisposeAsync() => await App.DisposeAsync();
}

/// <summary>The same with no orchestrator kept in memory: each turn is replayed from disk.</summary>
public sealed class ColdScenarioHost() : WarmScenarioHost(["--cache", "0"]);

/// <summary>
/// The demo on Azure Storage, with stock at two locations beside: one host for every class that needs no other, whose tests come
/// one after the other.
/// </summary>
[CollectionDefinition(Name)]
public sealed class AzureStorageHost() : AppFixture<AzureStorage>(
    ("Inventory__Seed", FulfilmentEndToEndTests.Stock)),
    ICollectionFixture<AzureStorageHost>
{
    public const string Name = "The demo on Azure Storage";
}
