using OrderSagaFunctions.Tests.Deployment;
using Sagas.Tests.Architecture;

namespace OrderSagaFunctions.Tests.Architecture;

public sealed class FolderTests
{
    [Fact]
    public void Folders_OfTheApp_DependOnEachOtherInNoCircle() =>
        Assert.Empty(FolderCircles.Of(Repository.PathOf("OrderSagaFunctions"), nameof(OrderSagaFunctions)));
}
