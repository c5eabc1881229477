using OrderSagaFunctions.Inventory;
using OrderSagaFunctions.Orders;

namespace OrderSagaFunctions.Tests.Inventory;

public sealed class StockRequestTests
{
    [Fact]
    public void Of_ItemOnTwoLines_IsTakenOnce()
    {
        var request = StockRequest.Of("order-1", 1, [new OrderLine("a", 1, null, 5), new OrderLine("b", 1, null, 5), new OrderLine("a", 2, null, 4)]);

        Assert.Equal([new StockLine("a", 3), new StockLine("b", 1)], request.Lines);
    }
}
