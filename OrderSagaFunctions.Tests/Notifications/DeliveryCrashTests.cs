using Microsoft.AspNetCore.Http;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>Whenever the app dies, each notification arrives at least once, and those of an order in their order.</summary>
public sealed class DeliveryCrashTests
{
    [Fact]
    public async Task Crash_AtAnyCommit_LosesAndReordersNothing()
    {
        await using var receiver = await WebhookReceiver.StartNewAsync();
        var runs = 0;
        _ = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            NotifiedShop.Options(receiver),
            async host =>
            {
                // The receiver outlives the runs, so that each has an order of its own.
                var orderId = $"3-crash-{runs++}";
                await host.PersistAsync(() => NotifiedShop.SubmitAsync(host, orderId));
                await host.PersistAsync(() => host.RunUntilAsync(
                    () => Task.FromResult(receiver.TypesOf(orderId).Count() == NotifiedShop.Failures.Length), "the notifications"));
                await host.PersistAsync(host.RunUntilIdleAsync);
                return string.Join(' ', receiver.TypesOf(orderId));
            },
            static (point, expected, actual) => Assert.True(expected == actual, $"Crash {point}: expected {expected}, found {actual}"));

        Assert.Equal(NotifiedShop.Failures, receiver.TypesOf("3-crash-0"));
        Assert.Empty(receiver.Faults);
    }

    [Fact]
    public async Task Kill_WhileTheReceiverAnswers_LosesAndReordersNothing()
    {
        await using var receiver = await WebhookReceiver.StartNewAsync();
        var submitted = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        var calls = 0;
        await using var app = await AppProcess.StartAsync(Settings(receiver));
        receiver.Answer = async (_, _) =>
        {
            // Its own count: the receiver's may have gone on to the next, which comes at the same time.
            var isThird = Interlocked.Increment(ref calls) == 3;
            await submitted.Task;
            if (isThird)
            {
                await app.KillAsync();
                killed.SetResult();
            }

            return Results.Ok();
        };

        string[] orderIds = ["a", "3x-b", "c", "3x-d", "e"];
        foreach (var orderId in orderIds)
        {
            _ = await app.Orders.SubmitAsync(EndToEnd.Orders.Plain(orderId));
        }

        submitted.SetResult();
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await app.StartAgainAsync();

        foreach (var orderId in orderIds)
        {
            string[] expected = orderId.StartsWith('3') ? NotifiedShop.Failures : ["ordersaga.order.succeeded"];
            await receiver.UntilToldAsync(orderId, expected.Length);
            Assert.Equal(expected, receiver.TypesOf(orderId));
        }

        Assert.Empty(receiver.Faults);
    }

    /// <summary>Orders whose ids start with 3x fail, and none of their compensations succeeds.</summary>
    private static Dictionary<string, string> Settings(WebhookReceiver receiver) => new(receiver.Settings, StringComparer.Ordinal)
    {
        ["Saga__FaultInjection"] = "true",
        ["Saga__OnCompensationFailure"] = "Continue",
        ["Saga__TransientFaults"] = "ReleaseInventory:99@3x,ProcessRefund:99@3x,UpdateOrderStatus:99@3x",
        ["Saga__Retry__CompensationAttempts"] = "1",
        ["Notifications__FirstInterval"] = "00:00:00.100",
    };
}
