using Azure.Data.Tables;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Storage;
using OrderSagaFunctions.Submissions;
using Sagas.Storage;

namespace OrderSagaFunctions.Tests.Orders;

public sealed class SubmissionStoreTests : IDisposable
{
    private readonly AppTables _tables = new();
    private readonly SubmissionStore _store;

    public SubmissionStoreTests() => _store = new SubmissionStore(_tables.Client, _tables.Index, TimeProvider.System);

    public void Dispose() => _tables.Dispose();

    [Theory]
    [InlineData("order-1")]
    [InlineData("key-1")]
    public async Task Claim_SameAgain_IsKnown(string instanceId)
    {
        Assert.Equal(ClaimResult.New, await ClaimAsync("order-1", instanceId, "hash"));
        Assert.Equal(ClaimResult.Known, await ClaimAsync("order-1", instanceId, "hash"));
    }

    [Theory]
    [InlineData("order-1")]
    [InlineData("key-1")]
    public async Task Claim_SameKeyOtherBody_IsOtherBody(string instanceId)
    {
        await ClaimAsync("order-1", instanceId, "hash");

        Assert.Equal(ClaimResult.OtherBody, await ClaimAsync("order-1", instanceId, "other"));
    }

    [Fact]
    public async Task Claim_SameKeyOtherOrder_IsOtherBodyAndLeavesNoTrace()
    {
        await ClaimAsync("order-1", "key-1", "hash");
        var before = Count();

        Assert.Equal(ClaimResult.OtherBody, await ClaimAsync("order-2", "key-1", "other"));
        Assert.Equal(before, Count());
    }

    [Fact]
    public async Task Claim_KeyIsTakenBackJustThen_IsClaimedForThisOrder()
    {
        var keys = _tables.Client.GetTableClient(SagaTables.IdempotencyKeys);
        await keys.AddEntityAsync(new TableEntity("key-1", "key") { ["OrderId"] = "order-1", ["BodyHash"] = "refused" });
        var store = new SubmissionStore(
            new InterposedTables(_tables.Client, SagaTables.IdempotencyKeys, before: () => keys.DeleteEntityAsync("key-1", "key")),
            _tables.Index,
            TimeProvider.System);

        Assert.Equal(ClaimResult.New, await ClaimAsync("order-2", "key-1", "hash", store));
        Assert.Equal(ClaimResult.OtherBody, await ClaimAsync("order-3", "key-1", "other", store));
    }

    [Fact]
    public async Task Claim_SameOrderOtherKey_IsOtherKeyAndLeavesNoTrace()
    {
        await ClaimAsync("order-1", "key-1", "hash");
        var before = Count();

        Assert.Equal(ClaimResult.OtherKey, await ClaimAsync("order-1", "key-2", "hash"));
        Assert.Equal(ClaimResult.OtherKey, await ClaimAsync("order-1", "order-1", "hash"));
        Assert.Equal(before, Count());
    }

    [Fact]
    public async Task Claim_ManyAtOnce_ExactlyOneIsNew()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ClaimAsync("order-1", "order-1", "hash")));

        Assert.Single(claims, ClaimResult.New);
        Assert.Equal(19, claims.Count(claim => claim == ClaimResult.Known));
    }

    private Task<ClaimResult> ClaimAsync(string orderId, string instanceId, string hash, SubmissionStore? store = null) => (store ?? _store)
        .ClaimAsync(new Submission(new Order(orderId, null, "customer-1", "EUR", null, [new OrderLine("sku-100", 1, null, 1)]), instanceId, hash), default);

    private int Count() => _tables.Rows(Tables.Orders).Count + _tables.Rows(SagaTables.IdempotencyKeys).Count;
}
