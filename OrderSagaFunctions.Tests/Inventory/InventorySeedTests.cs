using Microsoft.Extensions.Options;
using OrderSagaFunctions.Inventory;

namespace OrderSagaFunctions.Tests.Inventory;

public sealed class InventorySeedTests
{
    [Fact]
    public async Task Start_ItemThatIsThereAlready_KeepsItsStock()
    {
        using var tables = new AppTables();
        var catalog = new StockCatalog(tables.Client);
        await catalog.SetAsync("sku-100", 5, location: null, default);
        var seed = new InventorySeed(Options.Create(new InventoryOptions { Seed = "sku-100=1000, sku-200=7" }), catalog);

        await seed.StartingAsync(default);

        Assert.Equal([new StockView("sku-100", 5, 0, "main"), new StockView("sku-200", 7, 0, "main")], await catalog.ListAsync(default));
    }

    [Theory]
    [InlineData("sku-100")]
    [InlineData("sku-100=many")]
    [InlineData("sku-100=-1")]
    [InlineData("sku-100=1000000001")]
    [InlineData("sku-100=1.5")]
    [InlineData("sku-100=1@Berlin")]
    [InlineData("sku-100=1@berlin@main")]
    [InlineData("sku-100=1,sku-100=2")]
    [InlineData("sku/100=1")]
    public void Validate_UnreadableSeed_NamesTheKey(string seed)
    {
        var result = new InventoryOptionsValidator().Validate(null, new InventoryOptions { Seed = seed });

        Assert.Contains("Inventory__Seed", result.FailureMessage, StringComparison.Ordinal);
    }
}
