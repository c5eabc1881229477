using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Tests.CrashPoints;
using Sagas;

namespace OrderSagaFunctions.Tests;

public sealed class AppJsonTests
{
    [Fact]
    public void Serialize_SagaInput_IsCamelCaseWithNamedEnumsAndComesBackEqual()
    {
        var input = Input();

        var json = JsonSerializer.Serialize(input, AppJson.TypeOf<OrderSagaInput>());
        var back = JsonSerializer.Deserialize(json, AppJson.TypeOf<OrderSagaInput>())!;

        Assert.Contains("\"onCompensationFailure\":\"Continue\"", json, StringComparison.Ordinal);
        Assert.Contains("\"description\":\"Käse\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("null", json, StringComparison.Ordinal);
        Assert.Equal(input.Order.Lines, back.Order.Lines);
        Assert.Equal(input.Settings, back.Settings);
    }

    [Fact]
    public void Options_TypeTheAppDoesNotKnow_IsSerialisedAllTheSame() =>
        Assert.Equal("""{"someValue":1}""", JsonSerializer.Serialize(new { SomeValue = 1 }, AppJson.Options));

    [Fact]
    public void Apply_OptionsThatAzureReadsAnOrchestratorsInputWith_ReadWhatTheSerialiserWrote()
    {
        var input = Input();
        var options = new JsonSerializerOptions { PropertyNameCaseInsensitive = true };
        AppJson.Apply(options);

        var read = JsonSerializer.SerializeToElement(input, AppJson.TypeOf<OrderSagaInput>()).Deserialize<OrderSagaInput>(options)!;

        Assert.Equal(input.Settings, read.Settings);
        Assert.Equal(JsonSerializer.Serialize(input, AppJson.Options), JsonSerializer.Serialize(read, options));
    }

    [Fact]
    public async Task Program_BothSerialisersOfTheHost_AreTheApps()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);
        var input = Input();
        var expected = JsonSerializer.Serialize(input, AppJson.Options);

        var serializer = host.Services.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!;
        var options = host.Services.GetRequiredService<IOptions<JsonSerializerOptions>>().Value;

        Assert.Equal(expected, (await serializer.SerializeAsync(input)).ToString());
        Assert.Equal(expected, JsonSerializer.Serialize(input, options));
    }

    private static OrderSagaInput Input() => new(
        new Order("order-1", null, "customer-1", "EUR", null, [new OrderLine("sku-100", 1, "Käse", 4990)]),
        new SagaOptions().ToSagaSettings(),
        1);
}
