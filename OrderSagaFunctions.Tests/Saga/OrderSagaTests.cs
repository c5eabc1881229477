using System.Text.Json;
using OrderSagaFunctions.Payments;
using Sagas;

namespace OrderSagaFunctions.Tests.Saga;

public sealed class OrderSagaTests
{
    [Fact]
    public async Task Run_AllStepsDone_Succeeds()
    {
        var saga = new ScriptedSaga();

        var result = await saga.RunAsync();

        Assert.Equal(SagaOutcome.Succeeded, result.Outcome);
        Assert.Equal("ProcessOrder Checks ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", saga.Path);
        Assert.All(saga.Report.Steps, step => Assert.Equal(StepOutcome.Succeeded, step.Outcome));
        Assert.Equal(new SagaNotice("order-1", 1, SagaOutcome.Succeeded, null) { Number = 1 }, Assert.Single(saga.Inputs<SagaNotice>()));
        Assert.Equal(10830, Assert.Single(saga.Inputs<PaymentRequest>()).Total.Minor);
    }

    [Fact]
    public async Task Run_AnyOrder_RunsTheFourChecksBeforeAnythingIsTaken()
    {
        var saga = new ScriptedSaga();

        await saga.RunAsync();

        Assert.Equal(
            ["ProcessOrder", "CheckIdentity", "CheckAddress", "CheckCredit", "CheckFraud", "ProcessPayment"],
            saga.Calls.Take(6).Select(call => call.Name));
    }

    [Theory]
    [InlineData("ProcessOrder", "ProcessOrder UpdateOrderStatus OrderFailed")]
    [InlineData("CheckCredit", "ProcessOrder Checks UpdateOrderStatus OrderFailed")]
    [InlineData("ProcessPayment", "ProcessOrder Checks ProcessPayment ProcessRefund UpdateOrderStatus OrderFailed")]
    [InlineData("ReserveInventory", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed")]
    public async Task Run_StepFails_CompensatesItAndTheEarlierOnesInReverse(string step, string path)
    {
        var saga = new ScriptedSaga().Fail(step);

        var message = await saga.RunToFailureAsync();

        Assert.Contains(step, message, StringComparison.Ordinal);
        Assert.Equal(path, saga.Path);
        Assert.Equal(SagaOutcome.Failed, saga.Report.Outcome);
        Assert.False(saga.Report.CompensationIncomplete);
        Assert.Equal("TimeoutException: too slow", saga.Report.Steps.Single(s => s.Outcome == StepOutcome.Failed).Error);
    }

    [Fact]
    public async Task Run_ChildrenFailWithoutDetails_GoesBackward()
    {
        var saga = new ScriptedSaga().TerminateChildren();

        var message = await saga.RunToFailureAsync();

        Assert.Contains("ReserveInventory at north was stopped from outside.", message, StringComparison.Ordinal);
        Assert.Equal("ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", saga.Path);
    }

    [Fact]
    public async Task Run_StepRefused_GoesBackwardWithTheReason()
    {
        var saga = new ScriptedSaga().Refuse("ReserveInventory", "OutOfStock");

        await saga.RunToFailureAsync();

        var step = saga.Report.Steps.Single(s => s.Name == "ReserveInventory");
        Assert.Equal(StepOutcome.Refused, step.Outcome);
        Assert.StartsWith("OutOfStock: ", step.Error, StringComparison.Ordinal);
        Assert.EndsWith("ReleaseInventory ProcessRefund UpdateOrderStatus OrderFailed", saga.Path, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ProcessOrder", "UpdateOrderStatus", "ProcessOrder UpdateOrderStatus NotifyUpdateOrderFail OrderFailed", "UpdateOrderStatus")]
    [InlineData("ProcessPayment", "ProcessRefund", "ProcessOrder Checks ProcessPayment ProcessRefund NotifyProcessRefundFail OrderFailed", "ProcessRefund UpdateOrderStatus")]
    [InlineData("ReserveInventory", "ReleaseInventory", "ProcessOrder Checks ProcessPayment ReserveInventory ReleaseInventory NotifyReleaseInventoryFail OrderFailed", "ReleaseInventory ProcessRefund UpdateOrderStatus")]
    public async Task Run_CompensationFailsUnderStop_LeavesItAndTheEarlierOnesAsIncidents(string step, string compensation, string path, string incidents)
    {
        var saga = new ScriptedSaga(CompensationPolicy.Stop).Fail(step).Fail(compensation);

        await saga.RunToFailureAsync();

        Assert.Equal(path, saga.Path);
        Assert.True(saga.Report.CompensationIncomplete);
        Assert.Equal(incidents, string.Join(" ", saga.Report.Incidents.Select(incident => incident.Compensation)));
        Assert.Equal(saga.Report.Incidents, saga.Inputs<IncidentsToOpen>().SelectMany(opened => opened.Incidents).Select(opened => opened.Incident));
        Assert.Contains(compensation, Assert.Single(saga.Inputs<SagaNotice>()).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CompensationFailsUnderContinue_RunsTheOthersAndLeavesOneIncident()
    {
        var saga = new ScriptedSaga(CompensationPolicy.Continue).Fail("ReserveInventory").Fail("ReleaseInventory");

        await saga.RunToFailureAsync();

        Assert.EndsWith(
            "ReserveInventory ReleaseInventory NotifyReleaseInventoryFail ProcessRefund UpdateOrderStatus OrderFailed", saga.Path, StringComparison.Ordinal);
        Assert.True(saga.Report.CompensationIncomplete);
        Assert.Equal("ReleaseInventory", Assert.Single(saga.Report.Incidents).Compensation);
    }

    [Fact]
    public async Task Run_NotificationFails_DoesNotFailACommittedOrder()
    {
        var saga = new ScriptedSaga().Fail("NotifySuccess");

        var result = await saga.RunAsync();

        Assert.Equal(SagaOutcome.Succeeded, result.Outcome);
        Assert.EndsWith("NotifySuccess OrderSucceeded", saga.Path, StringComparison.Ordinal);
        Assert.Equal(StepOutcome.Failed, saga.Report.Steps[^1].Outcome);
    }

    [Fact]
    public async Task Run_ReportCannotBeStored_EndsAllTheSame()
    {
        var saga = new ScriptedSaga().Fail("StoreReport");

        Assert.Equal(SagaOutcome.Succeeded, (await saga.RunAsync()).Outcome);
    }

    [Fact]
    public async Task Run_EachState_IsShownAsTheCustomStatusOnce()
    {
        var saga = new ScriptedSaga();

        await saga.RunAsync();

        Assert.Equal(saga.Report.Path, saga.Statuses.Select(status => status.Path[^1]));
        Assert.Equal(StepOutcome.Running, saga.Statuses[0].Steps[^1].Outcome);
    }

    [Fact]
    public async Task Run_EverythingFailsWithTheLongestErrors_KeepsTheCustomStatusUnder16Kilobytes()
    {
        var saga = new ScriptedSaga(CompensationPolicy.Continue).Flag("CheckFraud").Raise("""{"approved":true,"reviewer":"kim"}""");
        foreach (var step in (string[])["ReserveInventory", "ReleaseInventory", "ProcessRefund", "UpdateOrderStatus",
            "NotifyReleaseInventoryFail", "NotifyProcessRefundFail", "NotifyUpdateOrderFail"])
        {
            saga.Answer(step, () => new StepResult(new Refusal("Wordy", new string('w', 5000))));
        }

        await saga.RunToFailureAsync();

        var characters = saga.Statuses.Max(status => JsonSerializer.Serialize(status, AppJson.TypeOf<SagaReport>()).Length);
        Assert.InRange(characters * sizeof(char), 1, 16 * 1024);
    }

    [Fact]
    public async Task Run_Flagged_ReviewsBeforePayment()
    {
        var saga = new ScriptedSaga().Flag("CheckCredit").Flag("CheckFraud").Raise("""{"approved":true,"reviewer":"kim"}""");

        await saga.RunAsync();

        Assert.Equal("ProcessOrder Checks Review ProcessPayment ReserveInventory NotifySuccess OrderSucceeded", saga.Path);
        Assert.Equal(
            [new ReviewFlag("CheckCredit", "odd"), new ReviewFlag("CheckFraud", "odd")],
            saga.Inputs<ReviewRequest>().Single().Flags);
    }
}
