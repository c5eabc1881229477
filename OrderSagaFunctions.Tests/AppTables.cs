using Azure.Data.Tables;
using EmbeddedHost.Storage.Tables;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using Sagas.Claims;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests;

/// <summary>The app's tables in a folder of their own, gone with the test.</summary>
public sealed class AppTables : IDisposable
{
    /// <summary>The names of all tables, the kit's and the app's.</summary>
    public static IReadOnlyList<string> All { get; } = [.. SagaTables.All, .. Tables.All];

    private readonly string _folder = Directory.CreateTempSubdirectory("order-saga-").FullName;
    private readonly EmbeddedTables _tables;

    public AppTables()
    {
        _tables = new EmbeddedTables(_folder);
        foreach (var table in All)
        {
            Client.CreateTableIfNotExists(table);
        }
    }

    public TableServiceClient Client => _tables.Client;

    /// <summary>The index of open orders in these tables.</summary>
    internal OrderIndex Index => new(
        new SagaIndex(Client, TimeProvider.System), new SagaTally(Client), new OrderStore(Client, TimeProvider.System), TimeProvider.System);

    public IReadOnlyList<TableEntity> Rows(string table) => [.. Client.GetTableClient(table).Query<TableEntity>()];

    public void Dispose()
    {
        _tables.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
