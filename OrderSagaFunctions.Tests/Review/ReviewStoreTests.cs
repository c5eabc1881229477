using Sagas;
using Sagas.Decisions;

namespace OrderSagaFunctions.Tests.Review;

public sealed class ReviewStoreTests : IDisposable
{
    private static readonly ReviewRequest Task1 = new(
        "order-1", 1, [new ReviewFlag("CheckFraud", "odd")], DateTimeOffset.MaxValue);

    private readonly AppTables _tables = new();
    private readonly ReviewStore _reviews;

    public ReviewStoreTests() => _reviews = new ReviewStore(_tables.Client, TimeProvider.System);

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Find_NoTask_FindsNothing() => Assert.Null(await _reviews.FindAsync(new SagaId("order-1"), default));

    [Fact]
    public async Task Find_TaskWithoutDecision_Waits()
    {
        await _reviews.RequestAsync(Task1, default);

        var review = (await _reviews.FindAsync(new SagaId("order-1"), default))!;
        Assert.Equal("Waiting", review.Status);
        Assert.Equal(Task1.Deadline, review.Deadline);
        Assert.Equal(Task1.Flags, review.Flags);
    }

    [Fact]
    public async Task TryDecide_ManyAndTheDeadlineAtOnce_ExactlyOneDecides()
    {
        var bids = Enumerable.Range(0, 20).Select(i => i == 10 ? null : new ReviewAnswer(i % 2 == 0, $"reviewer-{i}", null)).ToList();

        var decided = await Task.WhenAll(bids.Select(bid => _reviews.TryDecideAsync(new SagaId("order-1"), bid, default)));

        var winner = bids[Array.IndexOf(decided, true)];
        Assert.Single(decided, true);
        var decision = (await _reviews.FindDecisionAsync(new SagaId("order-1"), default))!;
        Assert.Equal((winner?.Approved ?? false, winner?.Reviewer ?? "", winner is null), (decision.Approved, decision.Reviewer, decision.TimedOut));
    }

    [Theory]
    [InlineData(true, "Approved")]
    [InlineData(false, "Rejected")]
    [InlineData(null, "TimedOut")]
    public async Task Find_Decided_TellsHow(bool? approved, string status)
    {
        await _reviews.RequestAsync(Task1, default);
        await _reviews.TryDecideAsync(new SagaId("order-1"), approved is { } yes ? new ReviewAnswer(yes, "kim", "why not") : null, default);

        var review = (await _reviews.FindAsync(new SagaId("order-1"), default))!;
        Assert.Equal(status, review.Status);
        Assert.Equal(approved is null, ReviewVerdict.Of(review.Decision).Refusal?.Code == "ReviewTimedOut");
        Assert.Equal(approved == true, ReviewVerdict.Of(review.Decision).Refusal is null);
    }
}
