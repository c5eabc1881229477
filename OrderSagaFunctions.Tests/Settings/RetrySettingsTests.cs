using Microsoft.Extensions.DependencyInjection;
using Moq;
using OrderSagaFunctions.Payments;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Operations;
using Sagas;

namespace OrderSagaFunctions.Tests.Settings;

/// <summary>How often and how long the settings let a saga try, over HTTP and on the host's clock.</summary>
public sealed class RetrySettingsTests
{
    private const string Payment = "ProcessPayment";

    [Theory]
    [InlineData("Saga__Retry__Attempts", "2", 2)]
    [InlineData("Saga__Steps__ProcessPayment__Attempts", "3", 3)]
    [InlineData("Saga__Steps__ReserveInventory__Attempts", "3", 4)]
    public async Task Attempts_StepThatNeverWorks_AreAsManyAsSet(string key, string value, int attempts)
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessPayment:99"), (key, value));
        await shop.CompleteAsync("never");

        Assert.Equal(attempts, Attempts(await ViewAsync(shop, "never"), Payment));
    }

    [Theory]
    [InlineData("Saga__Retry__CompensationAttempts", "3", 3)]
    [InlineData("Saga__Steps__ProcessRefund__Attempts", "2", 2)]
    [InlineData("Saga__Retry__Attempts", "2", 8)]
    public async Task Attempts_CompensationThatNeverWorks_AreAsManyAsSet(string key, string value, int attempts)
    {
        await using var shop = await Shop.OpenAsync(("Saga__TransientFaults", "ProcessRefund:99"), (key, value));
        await shop.CompleteAsync("2-never");

        Assert.Equal(attempts, Attempts(await ViewAsync(shop, "2-never"), "ProcessRefund"));
    }

    [Theory]
    [InlineData("Saga__Retry")]
    [InlineData("Saga__Steps__ProcessPayment")]
    public async Task Intervals_StepThatFails_BoundTheWaits(string section)
    {
        var byDefault = await TakenAsync();
        var farApart = await TakenAsync(($"{section}__FirstInterval", "01:00:00"), ($"{section}__MaxInterval", "01:00:00"));
        var capped = await TakenAsync(($"{section}__FirstInterval", "01:00:00"), ($"{section}__MaxInterval", "00:00:00.100"));

        Assert.InRange(byDefault, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(14));
        Assert.InRange(farApart, TimeSpan.FromMinutes(1), TimeSpan.FromHours(3));
        Assert.InRange(capped, TimeSpan.Zero, TimeSpan.FromSeconds(0.3));
    }

    [Theory]
    [InlineData("Saga__AttemptTimeout", "00:02:00", 120)]
    [InlineData("Saga__Steps__ProcessPayment__AttemptTimeout", "00:03:00", 180)]
    [InlineData("Saga__Steps__ReserveInventory__AttemptTimeout", "00:03:00", 10)]
    public async Task AttemptTimeout_StepThatHangs_IsGivenUpThen(string key, string value, int seconds)
    {
        var gateway = new Mock<IPaymentGateway>();
        gateway.Setup(g => g.DebitAsync(It.IsAny<PaymentRequest>(), It.IsAny<CancellationToken>()))
            .Returns(static async (PaymentRequest _, CancellationToken end) => await new TaskCompletionSource<StepResult>().Task.WaitAsync(end));
        gateway.Setup(g => g.CreditAsync(It.IsAny<PaymentRequest>(), It.IsAny<CancellationToken>())).ReturnsAsync(StepResult.Done);
        await using var shop = await Shop.OpenAsync(services => services.AddSingleton(gateway.Object), ("Saga__Retry__Attempts", "1"), (key, value));
        await shop.CompleteAsync("hangs");

        Assert.Equal(TimeSpan.FromSeconds(seconds), shop.Host.Clock.Elapsed);
        Assert.Equal("Pending", (await ViewAsync(shop, "hangs")).Status);
    }

    [Theory]
    [InlineData("Saga__ReviewTimeout", "in-review")]
    [InlineData("Saga__ParkTimeout", "parked")]
    public async Task Timeout_NobodyDecides_GoesBackwardThen(string key, string orderId)
    {
        await using var shop = await Shop.OpenAsync(
            ("Saga__OnStepExhausted", "Park"), ("Saga__Retry__Attempts", "1"), ("Saga__TransientFaults", "ReserveInventory:1@parked"), (key, "03:00:00"));
        await shop.SubmitAsync(orderId == "parked" ? EndToEnd.Orders.Plain(orderId) : EndToEnd.Orders.Flagged(orderId));
        _ = await shop.Host.WaitForCompletionAsync(orderId);

        Assert.Equal(TimeSpan.FromHours(3), shop.Host.Clock.Elapsed);
        Assert.Equal("OrderFailed", (await ViewAsync(shop, orderId)).Path[^1]);
    }

    /// <summary>How long an order takes whose payment fails three times.</summary>
    private static async Task<TimeSpan> TakenAsync(params (string Name, string Value)[] settings)
    {
        await using var shop = await Shop.OpenAsync([("Saga__TransientFaults", "ProcessPayment:3"), .. settings]);
        await shop.CompleteAsync("slow");
        Assert.Equal("OrderSucceeded", (await ViewAsync(shop, "slow")).Path[^1]);
        return shop.Host.Clock.Elapsed;
    }

    private static async Task<ShownOrder> ViewAsync(Shop shop, string orderId) => new(await shop.GetAsync("/api/orders/" + orderId));

    private static int Attempts(ShownOrder order, string step) => order.Step(step).GetProperty("attempts").GetInt32();
}
