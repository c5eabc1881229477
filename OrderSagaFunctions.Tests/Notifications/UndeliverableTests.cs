using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrderSagaFunctions.Tests.Notifications;

/// <summary>What cannot be delivered becomes an incident, which holds back its order's later notifications and nobody else's.</summary>
public sealed class UndeliverableTests
{
    [Fact]
    public async Task Gone_AnsweredOnce_OpensAnIncidentWithoutAnotherAttempt()
    {
        await using var shop = await NotifiedShop.StartAsync();
        RefuseFirstOf(shop, "3-gone", StatusCodes.Status410Gone);

        await shop.SubmitAsync("3-gone", "plain");
        await shop.UntilAcceptedAsync(1);
        await shop.Host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(["ordersaga.order.succeeded"], shop.Receiver.Accepted.Select(static delivery => delivery.Type));
        Assert.Equal(2, shop.Receiver.Calls);
        var incident = Assert.Single(await shop.IncidentsAsync("3-gone"));
        Assert.Equal(("Open", "The webhook answered 410."), (incident.GetProperty("status").GetString(), incident.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task Retry_OfTheIncident_DeliversItAndThenWhatWasHeldBack()
    {
        await using var shop = await NotifiedShop.StartAsync();
        RefuseFirstOf(shop, "3-gone", StatusCodes.Status410Gone);
        await shop.SubmitAsync("3-gone");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        shop.Receiver.Answer = static (_, _) => Task.FromResult(Results.Ok());

        Assert.Equal(HttpStatusCode.Accepted, await shop.DealWithAsync("3-gone", "retry"));
        await shop.UntilAcceptedAsync(3);
        await shop.Host.RunUntilIdleAsync();

        Assert.Equal(NotifiedShop.Failures, shop.Receiver.TypesOf("3-gone"));
        Assert.Equal("Closed", Assert.Single(await shop.IncidentsAsync("3-gone")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Close_OfTheIncident_GivesItUpAndDeliversWhatWasHeldBack()
    {
        await using var shop = await NotifiedShop.StartAsync(settings: ("Notifications__Attempts", "3"));
        RefuseFirstOf(shop, "3-poison", StatusCodes.Status500InternalServerError);
        await shop.SubmitAsync("3-poison");
        await shop.Host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, shop.Receiver.Calls);

        Assert.Equal(HttpStatusCode.OK, await shop.DealWithAsync("3-poison", "close"));
        await shop.UntilAcceptedAsync(2);

        Assert.Equal(NotifiedShop.Failures.Skip(1), shop.Receiver.TypesOf("3-poison"));
        Assert.Equal(5, shop.Receiver.Calls);
    }

    [Fact]
    public async Task Audit_OfAnOrderWhoseNotificationIsUndeliverable_FindsNothingWrong()
    {
        await using var shop = await NotifiedShop.StartAsync();
        RefuseFirstOf(shop, "plain", StatusCodes.Status410Gone);
        await shop.SubmitAsync("plain");
        await shop.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await shop.IncidentsAsync("plain"));

        var audit = JsonDocument.Parse(await shop.Host.HttpClient.GetStringAsync(new Uri("/api/audit", UriKind.Relative))).RootElement;

        Assert.Empty(audit.GetProperty("findings").EnumerateArray());
    }

    /// <summary>Refuses, for good, the first notification that an order tells.</summary>
    private static void RefuseFirstOf(NotifiedShop shop, string orderId, int status)
    {
        string? first = null;
        shop.Receiver.Answer = (delivery, _) => Task.FromResult(
            delivery.OrderId == orderId && (first ??= delivery.Id) == delivery.Id ? Results.StatusCode(status) : Results.Ok());
    }
}
