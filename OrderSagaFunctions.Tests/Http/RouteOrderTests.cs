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
        var routes = HttpFunction.All;
        var hidden =
            from literal in routes
            from general in routes
            where Hides(general, literal) && string.Compare(general.Name, literal.Name, StringComparison.OrdinalIgnoreCase) < 0
            select $"On Azure {general.Name} ({general.Route}) answers instead of {literal.Name} ({literal.Route}): "
                + $"give the latter a name before '{general.Name}'.";

        Assert.True(routes.Count > 15, $"only {routes.Count} routes were found");
        Assert.Empty(hidden);
    }

    private static bool Hides(HttpFunction general, HttpFunction literal)
    {
        var (wide, narrow) = (general.Route.Split('/'), literal.Route.Split('/'));
        return general.Method == literal.Method && general.Route != literal.Route && wide.Length == narrow.Length
            && wide.Zip(narrow).All(static pair => pair.First.StartsWith('{') || pair.First == pair.Second);
    }
}
