using OrderSagaFunctions.Ordering;
using Sagas;

namespace OrderSagaFunctions.Tests.Hosts;

public sealed class NotReliedOnTests
{
    [Fact]
    public void App_OfWhatTheHostsDoNotSurelyHaveAlike_UsesNothing() =>
        Assert.Empty(NotReliedOn.Members.Intersect(
            MemberReferences.Of(typeof(OrderSaga).Assembly).Concat(MemberReferences.Of(typeof(SagaJson).Assembly)), StringComparer.Ordinal));

    [Fact]
    public void Assembly_ThatUsesThemAll_IsFoundToUseEach() =>
        Assert.Empty(NotReliedOn.Members.Except(MemberReferences.Of(typeof(NotReliedOn).Assembly), StringComparer.Ordinal));

    [Fact]
    public void App_SetsItsSerialisersItself()
    {
        var used = MemberReferences.Of(typeof(OrderSaga).Assembly);

        Assert.Contains("Microsoft.Azure.Functions.Worker.WorkerOptions.set_Serializer", used);
        Assert.Contains("System.Text.Json.JsonSerializerOptions.set_TypeInfoResolver", MemberReferences.Of(typeof(SagaJson).Assembly));
    }
}
