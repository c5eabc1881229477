using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>Who may call what: whoever adds a function decides it here, too.</summary>
public sealed class RolesTests
{
    private static readonly string[] SubmittersAndReviewers =
        ["CancelOrder", "DecideOrderReview", "GetOrder", "GetSagaDefinition", "ListInventory", "ListReviews", "SubmitOrder"];

    [Fact]
    public void Functions_ByLevel_OnlySubmittersAndReviewersNeedNoMasterKey()
    {
        var levels = typeof(OrderSaga).Assembly.GetTypes().SelectMany(static type => type.GetMethods())
            .Select(static method => (
                Name: method.GetCustomAttribute<FunctionAttribute>()?.Name,
                method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(static found => found is not null)?.AuthLevel))
            .Where(static function => function is { Name: not null, AuthLevel: not null })
            .ToLookup(static function => function.AuthLevel, static function => function.Name!);

        Assert.Equal(SubmittersAndReviewers, levels[AuthorizationLevel.Function].Order(StringComparer.Ordinal));
        Assert.Equal([AuthorizationLevel.Function, AuthorizationLevel.Admin], levels.Select(static level => level.Key!.Value).Order());
    }
}
