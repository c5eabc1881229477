namespace OrderSagaFunctions.Tests.Http;

/// <summary>The tests of refusals: as none changes anything, all share one app.</summary>
[CollectionDefinition(Name)]
public sealed class RefusalsDefinition : ICollectionFixture<RefusingShop>
{
    public const string Name = "Refusals";
}
