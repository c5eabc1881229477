using Azure.Data.Tables;
using OrderSagaFunctions.Inventory;
using Sagas.Storage;

namespace OrderSagaFunctions.Storage;

/// <summary>Creates the app's tables and seeds the stock before the first function runs.</summary>
internal sealed class StorageStartup(TableServiceClient tables, InventorySeed seed) : TablesStartup(tables, Tables.All)
{
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await base.StartingAsync(cancellationToken);
        await seed.PlantAsync(cancellationToken);
    }
}
