using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Settings;

/// <summary>An app whose settings cannot be meant does not start, and says which.</summary>
public sealed class StartRefusalTests
{
    [Theory]
    [InlineData("Saga__Retry__Attempts", "0", "Saga__Retry__Attempts is 0, expected 1 to 100.")]
    [InlineData("Saga__OnStepExhausted", "7", "Saga__OnStepExhausted is '7', expected one of Compensate, Park.")]
    [InlineData("Saga__OnCompensationFailure", "Explode", "'Explode' at 'Saga:OnCompensationFailure'")]
    [InlineData("Saga__ReviewTimeout", "soon", "'soon' at 'Saga:ReviewTimeout'")]
    [InlineData("Orders__DefaultCurrency", "XXX", "Orders__DefaultCurrency is 'XXX', expected one of AUD,")]
    [InlineData("Payments__Gateway", "Http", "Payments__BaseUrl is missing")]
    [InlineData("Inventory__Seed", "sku-100=many", "Inventory__Seed is 'sku-100=many', expected 'item=quantity'")]
    [InlineData("Checks__CreditLimit", "10000", "Checks__CreditLimit is '10000', expected one limit a currency")]
    [InlineData("Checks__MaxQuantity", "0", "Checks__MaxQuantity is 0, expected 1 or more.")]
    [InlineData("Notifications__WebhookUrl", "https://shop.example/hook", "Notifications__WebhookSecret")]
    public async Task Start_SettingThatCannotBeMeant_IsRefusedNamingIt(string key, string value, string told)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Shop.OpenAsync((key, value)));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }
}
