using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Ordering;

namespace OrderSagaFunctions.Tests.Http;

/// <summary>
/// Azure tries routes in the order of their functions' names and takes the first that fits; the embedded host takes the
/// one that fits best. Where two fit, the names have to say the same.
/// </summary>
public sealed class RouteOrderTests
{
    [Fact]
    public void Routes_ThatFitTheSameAddress_ComeInTheOrderOfTheirNames()
    {
        var routes = typeof(OrderSaga).Assembly.GetTypes().SelectMany(static type => type.GetMethods()).SelectMany(RoutesOf).ToList();
        var hidden =
            from literal in routes
            from general in routes
            where Hides(general, literal) && string.Compare(general.Function, literal.Function, StringComparison.OrdinalIgnoreCase) < 0
            select $"On Azure {general.Function} ({general.Template}) answers instead of {literal.Function} ({literal.Template}): "
                + $"give the latter a name before '{general.Function}'.";

        Assert.True(routes.Count > 15, $"only {routes.Count} routes were found");
        Assert.Empty(hidden);
    }

    private static bool Hides(Route general, Route literal)
    {
        var (wide, narrow) = (general.Template.Split('/'), literal.Template.Split('/'));
        return general.Method == literal.Method && general.Template != literal.Template && wide.Length == narrow.Length
            && wide.Zip(narrow).All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }

    private static IEnumerable<Route> RoutesOf(MethodInfo method) =>
        from trigger in method.GetParameters().Select(static parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
        where trigger is not null
        from verb in trigger.Methods ?? ["any"]
        select new Route(method.GetCustomAttribute<FunctionAttribute>()!.Name, verb, trigger.Route!);

    private sealed record Route(string Function, string Method, string Template);
}
