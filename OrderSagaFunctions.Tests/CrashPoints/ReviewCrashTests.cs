using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>An order that a person has to look at, crashed at every commit.</summary>
public sealed class ReviewCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true, "Approved", "ProcessOrder Checks Review ProcessPayment ReserveInventory NotifySuccess OrderSucceeded")]
    [InlineData(false, "Rejected", "ProcessOrder Checks Review UpdateOrderStatus OrderFailed")]
    public async Task Crash_AtAnyCommitOfADecidedReview_LeavesTheSameOutcomeAndRows(bool approved, string review, string path)
    {
        var end = await output.LeadsToTheSameEndAsync(OrderRun.App, EndToEnd.Orders.Flagged("review-crash"), async run =>
        {
            await run.SubmitAsync();
            await run.DecideAsync(approved);
        });

        Assert.Equal(path, end.Path);
        Assert.Equal(review, end.Review);
    }

    [Fact]
    public async Task Crash_AtAnyCommitOfAReviewWithoutAnswer_LeavesTheSameOutcomeAndRows()
    {
        var end = await output.LeadsToTheSameEndAsync(OrderRun.App, EndToEnd.Orders.Flagged("review-crash"), static run => run.SubmitAsync());

        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderFailed", end.Path);
        Assert.Equal("TimedOut", end.Review);
    }
}
