using Azure.Data.Tables;

namespace EmbeddedHost.Tests.Storage.Azurite;

/// <summary>The contract, kept by the storage emulator: the embedded tables answer as it does.</summary>
public sealed class AzuriteTableContractTests(AzuriteTables azurite) : TableContract(azurite.Client), IClassFixture<AzuriteTables>
{
    protected override bool IsEmulator => true;
}

/// <summary>The tables of the emulator.</summary>
public sealed class AzuriteTables : IAsyncLifetime
{
    public TableServiceClient Client { get; private set; } = null!;

    public async Task InitializeAsync() => Client = (await AzuriteServer.SharedAsync()).Tables(AzuriteServer.TableAccount);

    public Task DisposeAsync() => Task.CompletedTask;
}
