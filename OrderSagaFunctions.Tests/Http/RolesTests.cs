using Microsoft.Azure.Functions.Worker;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>Who may call what: whoever adds a function decides it here, too.</summary>
public sealed class RolesTests
{
    private static readonly string[] SubmittersAndReviewers =
        ["CancelOrder", "DecideOrderReview", "GetDemo", "GetOpenApi", "GetOrder", "GetSagaDefinition", "ListInventory", "ListReviews", "SubmitOrder"];

    [Fact]
    public void Functions_ByLevel_OnlySubmittersAndReviewersNeedNoMasterKey()
    {
        var levels = HttpFunction.All.ToLookup(static function => function.Level, static function => function.Name);

        Assert.Equal(SubmittersAndReviewers, levels[AuthorizationLevel.Function].Order(StringComparer.Ordinal));
        Assert.Equal(["GetDashboard", "GetDashboardFile", "GetLiveness", "GetReadiness"], levels[AuthorizationLevel.Anonymous].Order(StringComparer.Ordinal));
        Assert.Equal([AuthorizationLevel.Anonymous, AuthorizationLevel.Function, AuthorizationLevel.Admin], levels.Select(static level => level.Key).Order());
    }
}
