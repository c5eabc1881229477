using System.Text.Json;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Saga;

namespace OrderSagaFunctions.Tests;

public sealed class AppJsonTests
{
    [Fact]
    public void Serialize_SagaInput_IsCamelCaseWithNamedEnumsAndComesBackEqual()
    {
        var order = new Order("order-1", null, "customer-1", "EUR", null, [new OrderLine("sku-100", 1, "Käse", 4990)]);
        var input = new OrderSagaInput(order, new SagaOptions().ToSagaSettings(), 1);

        var json = JsonSerializer.Serialize(input, AppJson.TypeOf<OrderSagaInput>());
        var back = JsonSerializer.Deserialize(json, AppJson.TypeOf<OrderSagaInput>())!;

        Assert.Contains("\"onCompensationFailure\":\"Continue\"", json, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"Käse\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.Equal(order.Lines, back.Order.Lines);
        Assert.Equal(input.Settings, back.Settings);
    }

    [Fact]
    public void Options_TypeTheAppDoesNotKnow_IsSerialisedAllTheSame() =>
        Assert.Equal("""{"someValue":1}""", JsonSerializer.Serialize(new { SomeValue = 1 }, AppJson.Options));
}
