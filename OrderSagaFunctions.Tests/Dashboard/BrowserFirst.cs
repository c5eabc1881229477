using Xunit.Abstractions;

[assembly: TestCollectionOrderer("OrderSagaFunctions.Tests.Dashboard.BrowserFirst", "OrderSagaFunctions.Tests")]

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>
/// Starts the tests in the browser first. They take turns, and longer than any other collection: begun last, they would run on
/// alone while a core is idle.
/// </summary>
public sealed class BrowserFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(static collection => collection.DisplayName == BrowserDefinition.Name ? 0 : 1);
}
