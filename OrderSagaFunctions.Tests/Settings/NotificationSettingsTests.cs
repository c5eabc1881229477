using Microsoft.AspNetCore.Http;
using OrderSagaFunctions.Tests.Notifications;

namespace OrderSagaFunctions.Tests.Settings;

/// <summary>How often and how long the settings let a delivery try, on the host's clock.</summary>
public sealed class NotificationSettingsTests
{
    [Fact]
    public async Task Timeout_ReceiverThatHangs_IsGivenUpThen()
    {
        await using var shop = await NotifiedShop.StartAsync(
            static options => options with { OutsideTime = TimeSpan.FromMilliseconds(500) },
            ("Notifications__Timeout", "00:00:42"), ("Notifications__Attempts", "1"));
        shop.Receiver.Answer = static async (_, gone) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(gone);
            return Results.Ok();
        };

        await shop.SubmitAsync("plain");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(
            "The webhook did not answer within the 00:00:42 of Notifications__Timeout.",
            Assert.Single(await shop.IncidentsAsync("plain")).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("01:00:00", "01:00:00", 60, 7200)]
    [InlineData("01:00:00", "00:00:01", 0, 2)]
    [InlineData("00:00:01", "00:30:00", 0, 3)]
    public async Task Intervals_ReceiverThatFails_BoundTheWaits(string first, string most, int least, int longest)
    {
        await using var shop = await NotifiedShop.StartAsync(
            settings: [("Notifications__FirstInterval", first), ("Notifications__MaxInterval", most), ("Notifications__SweepInterval", "1.00:00:00")]);
        shop.Receiver.Answer = (_, _) => Task.FromResult(shop.Receiver.Calls > 2 ? Results.Ok() : Results.StatusCode(500));

        await shop.SubmitAsync("plain");
        await shop.UntilAcceptedAsync(1);

        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(longest));
    }
}
