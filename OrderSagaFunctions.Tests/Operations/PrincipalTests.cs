using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace OrderSagaFunctions.Tests.Operations;

/// <summary>Where the host knows who calls, that is who decides.</summary>
public sealed class PrincipalTests
{
    [Fact]
    public async Task Review_AuthenticatedReviewer_IsTheDecisionsAndWhomTheBodyNamesBeside()
    {
        await using var shop = await Shop.OpenAsync(static services => services.AddSingleton<IStartupFilter>(new FrontDoor("ada@example.org")));
        await shop.SendToReviewAsync("unnamed");
        await shop.SendToReviewAsync("named");

        var unnamed = await shop.PostAsync("/api/orders/unnamed/review", """{"approved":true}""");
        var named = await shop.PostAsync("/api/orders/named/review", """{"approved":true,"reviewer":"somebody else"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (unnamed.Status, named.Status));
        Assert.Equal("ada@example.org", unnamed.Body.GetProperty("reviewer").GetString());
        Assert.Equal("ada@example.org, for somebody else", named.Body.GetProperty("reviewer").GetString());
    }

    [Fact]
    public async Task Review_NobodyAuthenticated_NeedsTheBodysReviewer()
    {
        await using var shop = await Shop.OpenAsync();
        await shop.SendToReviewAsync("unnamed");

        var (status, problem) = await shop.PostAsync("/api/orders/unnamed/review", """{"approved":true}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("reviewer", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task CloseIncident_AuthenticatedOperator_HasClosedIt()
    {
        await using var shop = await Shop.OpenAsync(static services => services.AddSingleton<IStartupFilter>(new FrontDoor("ada@example.org")));
        await shop.CompleteAsync("33-left");

        var (_, incident) = await shop.PostAsync("/api/incidents/33-left/ProcessRefund-1/close", """{"reason":"Paid back by hand."}""");

        Assert.Equal("ada@example.org", incident.GetProperty("closedBy").GetString());
    }

    /// <summary>What authenticates callers before the host sees them.</summary>
    private sealed class FrontDoor(string name) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            _ = app.Use((http, rest) =>
            {
                http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "front door"));
                return rest(http);
            });
            next(app);
        };
    }
}
