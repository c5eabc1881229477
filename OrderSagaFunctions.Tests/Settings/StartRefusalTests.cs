using OrderSagaFunctions.Tests.Operations;

namespace OrderSagaFunctions.Tests.Settings;

/// <summary>An app whose settings cannot be meant does not start, and says which.</summary>
public sealed class StartRefusalTests
{
    [Theory]
    [InlineData("Saga__Retry__Attempts", "0", "Saga__Retry__Attempts is '0', expected a whole number from 1 to 100.")]
    [InlineData("Saga__AttemptTimeout", "0", "Saga__AttemptTimeout is '0', expected a time written hh:mm:ss from 00:00:00.1 to 00:10:00.")]
    [InlineData("Saga__AttemptTimeout", "00:00:00", "Saga__AttemptTimeout is '00:00:00', expected")]
    [InlineData("Saga__OnCompensationFailure", "2", "Saga__OnCompensationFailure is '2', expected one of Continue, Stop, Park.")]
    [InlineData("Saga__OnCompensationFailure", "Continue,Stop", "Saga__OnCompensationFailure is 'Continue,Stop', expected one of")]
    [InlineData("Saga__Stps__X", "1", "Saga__Stps is no setting. There are Saga__")]
    [InlineData("Saga__Steps__ProcessPayment__Attemps", "1", "Saga__Steps__ProcessPayment__Attemps is no setting.")]
    [InlineData("Saga__Steps__ProcessPaiment__Attempts", "1", "Saga__Steps__ProcessPaiment names no step.")]
    [InlineData("Saga__FaultInjection", "1", "Saga__FaultInjection is '1', expected true or false.")]
    [InlineData("Saga__OnStepExhausted", "7", "Saga__OnStepExhausted is '7', expected one of Compensate, Park.")]
    [InlineData("Payments__BaseUrl", "payments", "Payments__BaseUrl is not what it should be, expected an absolute URL.")]
    [InlineData("Payments__Gateway", "1", "Payments__Gateway is '1', expected one of Ledger, Http.")]
    [InlineData("Notifications__Attempts", "0", "Notifications__Attempts is '0', expected a whole number from 1 to 100.")]
    [InlineData("Notifications__FirstInterval", "00:00:00", "Notifications__FirstInterval is '00:00:00', expected")]
    [InlineData("Notifications__MaxInterval", "2.00:00:00", "Notifications__MaxInterval is '2.00:00:00', expected")]
    [InlineData("Notifications__SweepInterval", "-00:00:01", "Notifications__SweepInterval is '-00:00:01', expected")]
    [InlineData("Notifications__Timeout", "00:01:01", "Notifications__Timeout is '00:01:01', expected")]
    [InlineData("Orders__Currency", "EUR", "Orders__Currency is no setting. There are Orders__DefaultCurrency.")]
    [InlineData("Saga__OnCompensationFailure", "Explode", "Saga__OnCompensationFailure is 'Explode', expected one of")]
    [InlineData("Saga__ReviewTimeout", "soon", "Saga__ReviewTimeout is 'soon', expected a time written hh:mm:ss")]
    [InlineData("Orders__DefaultCurrency", "XXX", "Orders__DefaultCurrency is 'XXX', expected an active ISO 4217 code such as EUR.")]
    [InlineData("Payments__Gateway", "Http", "Payments__BaseUrl is missing")]
    [InlineData("Inventory__Seed", "sku-100=many", "Inventory__Seed is 'sku-100=many', expected 'item=quantity'")]
    [InlineData("Checks__CreditLimit", "10000", "Checks__CreditLimit is '10000', expected one limit a currency")]
    [InlineData("Checks__MaxQuantity", "0", "Checks__MaxQuantity is '0', expected a whole number from 1 to 1000000000.")]
    [InlineData("Notifications__WebhookUrl", "https://shop.example/hook", "Notifications__WebhookSecret")]
    public async Task Start_SettingThatCannotBeMeant_IsRefusedNamingIt(string key, string value, string told)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Shop.OpenAsync((key, value)));

        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }
}
