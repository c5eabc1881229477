using OrderSagaFunctions.Tests.Saga;
using Sagas;

namespace OrderSagaFunctions.Tests.Review;

public sealed class ReviewInSagaTests
{
    private const string Approval = """{"approved":true,"reviewer":"kim","comment":"known customer"}""";

    [Fact]
    public async Task Run_EventHoldsAnAnswer_EntersItAtTheGate()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").Raise(Approval);

        await saga.RunAsync();

        var bid = Assert.Single(saga.Inputs<ReviewBid>());
        Assert.Equal(new ReviewAnswer(true, "kim", "known customer"), bid.Answer);
        Assert.False(bid.Overdue);
        Assert.True(saga.IsDeadlineOff);
    }

    [Fact]
    public async Task Run_GateSaysRejectedThoughTheEventApproves_ObeysTheGate()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").Raise(Approval)
            .Answer("DecideReview", () => new ReviewVerdict(Decided: true, new Refusal("ReviewRejected", "no")));

        await saga.RunToFailureAsync();

        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderFailed", saga.Path);
        Assert.Equal("ReviewRejected: no", saga.Report.Steps.Single(step => step.Name == "Review").Error);
    }

    [Fact]
    public async Task Run_AgainAfterTheDecision_DoesNotWait()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").Answer("RequestReview", () => new ReviewVerdict(Decided: true));

        await saga.RunAsync();

        Assert.Empty(saga.Inputs<ReviewBid>());
        Assert.True(saga.IsDeadlineOff);
    }

    [Fact]
    public async Task Run_DeadlinePasses_BidsForNobody()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").PassDeadline()
            .Answer("DecideReview", () => new ReviewVerdict(Decided: true, new Refusal("ReviewTimedOut", "late")));

        await saga.RunToFailureAsync();

        Assert.Equal(new ReviewBid("order-1", 1, Overdue: true, Answer: null), Assert.Single(saga.Inputs<ReviewBid>()));
        Assert.Equal("ProcessOrder Checks Review UpdateOrderStatus OrderFailed", saga.Path);
    }

    [Fact]
    public async Task Run_EventHoldsNoAnswerAndNobodyDecided_WaitsOn()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").Raise("\"hello\"").Raise(Approval)
            .Answer("DecideReview", () => new ReviewVerdict(Decided: false));

        await saga.RunAsync();

        Assert.Equal([null, new ReviewAnswer(true, "kim", "known customer")], saga.Inputs<ReviewBid>().Select(bid => bid.Answer));
    }

    [Fact]
    public async Task Run_Flagged_TaskAndTimerHaveTheSameDeadline()
    {
        var saga = new ScriptedSaga().Flag("CheckFraud").Raise(Approval);

        await saga.RunAsync();

        var task = Assert.Single(saga.Inputs<ReviewRequest>());
        Assert.Equal(new DateTimeOffset(2026, 3, 15, 9, 26, 53, TimeSpan.Zero), task.Deadline);
        Assert.Equal(task.Deadline.UtcDateTime, saga.Deadline);
    }
}
