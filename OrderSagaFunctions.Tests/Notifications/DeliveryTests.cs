using Azure.Data.Tables;
using EmbeddedHost.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using OrderSagaFunctions.Notifications;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>Notifications reach a receiver that misbehaves, over HTTP, while the app's own time is virtual.</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Deliver_ReceiverIsFine_GetsEachCloudEventOnceAndInOrder()
    {
        await using var shop = await NotifiedShop.StartAsync();

        await shop.SubmitAsync("plain", "3-fails");
        await shop.UntilAcceptedAsync(4);

        Assert.Equal(["ordersaga.order.succeeded"], shop.Receiver.TypesOf("plain"));
        Assert.Equal(NotifiedShop.Failures, shop.Receiver.TypesOf("3-fails"));
        Assert.Equal(4, shop.Receiver.Calls);
        var told = shop.Receiver.Accepted.Single(static delivery => delivery.OrderId == "plain").CloudEvent;
        Assert.Equal("""{"orderId":"plain","outcome":"Succeeded"}""", told.GetProperty("data").GetRawText());
        Assert.Equal(
            ("1.0", "/orders", "application/json"),
            (told.GetProperty("specversion").GetString(), told.GetProperty("source").GetString(), told.GetProperty("datacontenttype").GetString()));
    }

    [Fact]
    public async Task Deliver_ReceiverFailsAtFirst_IsCalledAgainAndKeepsTheOrder()
    {
        await using var shop = await NotifiedShop.StartAsync();
        var calls = new Dictionary<string, int>(StringComparer.Ordinal);
        shop.Receiver.Answer = (delivery, _) =>
        {
            lock (calls)
            {
                calls[delivery.Id] = calls.GetValueOrDefault(delivery.Id) + 1;
                return Task.FromResult(calls[delivery.Id] < 3 ? Results.StatusCode(500) : Results.Ok());
            }
        };

        await shop.SubmitAsync("plain", "3-fails");
        await shop.UntilAcceptedAsync(4);

        Assert.Equal(NotifiedShop.Failures, shop.Receiver.TypesOf("3-fails"));
        Assert.All(calls.Values, static count => Assert.Equal(3, count));
    }

    [Fact]
    public async Task Deliver_ReceiverIsTooSlow_GivesTheAttemptUpAndMakesAnother()
    {
        await using var shop = await NotifiedShop.StartAsync(static options => options with { OutsideTime = TimeSpan.FromMilliseconds(300) });
        shop.Receiver.Answer = async (_, aborted) =>
        {
            if (shop.Receiver.Calls == 1)
            {
                await new TaskCompletionSource().Task.WaitAsync(aborted);
            }

            return Results.Ok();
        };

        await shop.SubmitAsync("plain");
        await shop.UntilAcceptedAsync(1);

        Assert.InRange(shop.Receiver.Calls, 2, int.MaxValue);
    }

    [Fact]
    public async Task Deliver_ReceiverIsDownForAWhile_ArrivesOnceItIsBack()
    {
        await using var shop = await NotifiedShop.StartAsync();
        await shop.Receiver.StopAsync();

        await shop.SubmitAsync("plain", "3-fails");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(10));
        await shop.Receiver.StartAsync();
        await shop.UntilAcceptedAsync(4);

        Assert.Equal(NotifiedShop.Failures, shop.Receiver.TypesOf("3-fails"));
    }

    [Fact]
    public async Task Deliver_ReceiverWantsToBeLeftAlone_IsNotCalledBefore()
    {
        await using var shop = await NotifiedShop.StartAsync();
        shop.Receiver.Answer = (_, _) => Task.FromResult(shop.Receiver.Calls == 1 ? new Busy() : Results.Ok());

        await shop.SubmitAsync("plain");
        await shop.UntilAcceptedAsync(1);

        Assert.InRange(shop.Host.Clock.Elapsed, TimeSpan.FromSeconds(90), TimeSpan.FromMinutes(5));
    }

    [Theory]
    [InlineData("00:05:00")]
    [InlineData("00:00:30")]
    public async Task Deliver_NobodyWasWoken_IsFoundBySweeping(string interval)
    {
        await using var shop = await NotifiedShop.StartAsync(settings: ("Notifications__SweepInterval", interval));
        await shop.SubmitAsync("plain");
        await shop.UntilAcceptedAsync(1);
        var tables = shop.Host.Services.GetRequiredService<TableServiceClient>();
        var now = shop.Host.Clock.GetUtcNow();

        await shop.Host.RunAsync(async () =>
        {
            await tables.GetTableClient(SagaTables.Notifications).AddEntityAsync(new TableEntity("unheard", "id-1")
            {
                ["id"] = "id-1", ["source"] = "/orders", ["type"] = "t", ["time"] = now, ["data"] = "{}", [NotificationStore.StateProperty] = "Pending",
            });
            await shop.Host.Services.GetRequiredService<DeliveryQueue>().AddAsync(new QueuedDelivery(now, "unheard", "id-1", now), default);
        });
        await shop.UntilAcceptedAsync(2);

        Assert.Equal(["t"], shop.Receiver.TypesOf("unheard"));
        Assert.InRange(shop.Host.Clock.GetUtcNow() - now, TimeSpan.FromSeconds(1), TimeSpan.Parse(interval));
    }

    [Fact]
    public async Task Deliver_RoundFails_IsMadeAgain()
    {
        var fault = new Fault(DeliveryFunctions.DeliverDue, FaultKind.Throw) { Attempt = 1 };
        await using var shop = await NotifiedShop.StartAsync(options => options with { Faults = [fault] });

        await shop.SubmitAsync("plain");
        await shop.UntilAcceptedAsync(1);

        Assert.Equal(TimeSpan.FromMinutes(1), shop.Host.Clock.Elapsed);
    }

    [Fact]
    public async Task Deliver_WithoutAWebhook_StartsNothingAndEndsWhatRuns()
    {
        await using var shop = await NotifiedShop.StartAsync(
            settings: [("Notifications__WebhookUrl", ""), ("Notifications__WebhookSecret", "")]);

        await shop.SubmitAsync("plain");
        _ = await shop.Host.WaitForCompletionAsync("plain");
        Assert.Null(await shop.Host.Client.GetInstanceAsync(DeliverNotifications.InstanceId));

        // As one does that was started while there was a webhook.
        var earlier = await shop.Host.Client.ScheduleNewOrchestrationInstanceAsync(nameof(DeliverNotifications));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await shop.Host.WaitForCompletionAsync(earlier)).RuntimeStatus);
    }

    [Fact]
    public async Task Deliver_InstanceWasTerminated_IsStartedAgainByTheNextNotification()
    {
        await using var shop = await NotifiedShop.StartAsync();
        await shop.SubmitAsync("before");
        await shop.UntilAcceptedAsync(1);
        await shop.Host.Client.TerminateInstanceAsync(DeliverNotifications.InstanceId);

        await shop.SubmitAsync("after");
        await shop.UntilAcceptedAsync(2);

        Assert.Equal(["ordersaga.order.succeeded"], shop.Receiver.TypesOf("after"));
    }

    [Fact]
    public async Task Deliver_NotificationNotThereYet_IsWaitedFor()
    {
        await using var shop = await NotifiedShop.StartAsync();
        var queue = shop.Host.Services.GetRequiredService<DeliveryQueue>();
        var now = shop.Host.Clock.GetUtcNow();
        await shop.Host.RunAsync(() => queue.AddAsync(new QueuedDelivery(now, "late", "never", now), default));

        await shop.SubmitAsync("plain");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Single(await shop.Host.RunAsync(() => queue.ReadFirstAsync(10, default)));

        await shop.Host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(await shop.Host.RunAsync(() => queue.ReadFirstAsync(10, default)));
    }

    private sealed class Busy : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            httpContext.Response.Headers.RetryAfter = "90";
            return Task.CompletedTask;
        }
    }
}
