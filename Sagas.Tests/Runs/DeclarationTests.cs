using System.Text.Json;
using Microsoft.DurableTask;
using Moq;

namespace Sagas.Tests.Runs;

/// <summary>A run is held against its saga's declaration, and a declaration against what a saga is.</summary>
public sealed class DeclarationTests
{
    private static readonly SagaStep First = new("First") { Compensation = new Compensation("UndoFirst", "Tell") };
    private static readonly SagaStep Maybe = SagaStep.ForReview("Maybe");
    private static readonly SagaStep Second = new("Second");
    private static readonly SagaStep Pivot = new("Pivot") { Kind = StepKind.Pivot };
    private static readonly SagaStep Last = new("Last") { Kind = StepKind.Retriable };
    private static readonly SagaStep Undeclared = new("Undeclared");
    private static readonly SagaStep[] Steps = [First, Maybe, Second, Pivot, Last];

    [Theory]
    [InlineData("First Second Pivot Last", null)]
    [InlineData("First First Maybe Second Pivot Last Last", null)]
    [InlineData("First Undeclared", "The saga 'declared' takes the step 'Undeclared', which it does not declare. It declares First, Maybe, Second, Pivot, Last.")]
    [InlineData("Second", "takes the step 'Second' before 'First'")]
    [InlineData("First Second First", "takes the step 'First' after 'Second'")]
    [InlineData("First Pivot", "takes the step 'Pivot' before 'Second'")]
    [InlineData("First Second Last", "takes the step 'Last' before 'Pivot'")]
    [InlineData("First Second Pivot Pivot", "commits at 'Pivot': expected its pivot, 'Pivot', once")]
    [InlineData("First Second do-Pivot", "does its pivot 'Pivot' like another step: pass it with CommitAsync")]
    [InlineData("First commit-Second", "commits at 'Second': expected its pivot, 'Pivot', once")]
    public async Task Run_StepsInAnOrder_AreThoseDeclaredOrNamed(string taken, string? expected)
    {
        var saga = new SagaRun(Context(), Saga(Steps), "a", Settings());

        var failure = await Record.ExceptionAsync(async () =>
        {
            foreach (var name in taken.Split(' '))
            {
                var step = Steps.Append(Undeclared).Single(step => step.Name == name.Split('-')[^1]);
                await (name is "Pivot" or "commit-Second" ? saga.CommitAsync(step)
                    : step == Maybe ? saga.InStateAsync(step, static () => Task.FromResult(true))
                    : saga.DoAsync(step, "input"));
            }
        });

        Assert.Equal(expected is null, failure is null);
        Assert.Contains(expected ?? "", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("First", "The saga 'declared' ends without its step 'Second'")]
    [InlineData("First Second", "ends without its step 'Pivot'")]
    [InlineData("First Second Pivot", "ends without its step 'Last'")]
    public async Task End_StepThatIsNotOptionalIsLeftOut_NamesIt(string taken, string expected)
    {
        var saga = new SagaRun(Context(), Saga(Steps), "a", Settings());
        foreach (var name in taken.Split(' '))
        {
            await (name == "Pivot" ? saga.CommitAsync(Pivot) : saga.DoAsync(Steps.Single(step => step.Name == name), "input"));
        }

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(saga.EndAsync);

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Catalog_TwoPivots_NamesBoth() =>
        AssertRefused("has two pivots, 'Pivot' and 'Other'", First, Pivot, new SagaStep("Other") { Kind = StepKind.Pivot });

    [Fact]
    public void Catalog_UndoBehindThePivot_NamesBoth() =>
        AssertRefused("has 'UndoLast' undo 'Last', which does not come before its pivot 'Pivot'", First, Pivot, Last with { Compensation = new Compensation("UndoLast", "Tell") });

    [Fact]
    public void Catalog_StepBehindThePivotThatIsNotRetriable_NamesBoth() =>
        AssertRefused("has the step 'Second' after its pivot 'Pivot'", First, Pivot, Second);

    [Fact]
    public void Catalog_RetriableStepWithoutAPivot_IsRefused() => AssertRefused("has the Retriable step 'Last' and no pivot", First, Last);

    private static void AssertRefused(string expected, params SagaStep[] steps)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => new SagaCatalog([Saga(steps)]));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private static SagaDefinition Saga(IReadOnlyList<SagaStep> steps) => new("declared", steps) { Succeeded = "Done", Failed = "Failed", Cancelled = "Cancelled" };

    private static SagaSettings Settings()
    {
        var once = new RetrySettings(1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        return new SagaSettings(CompensationPolicy.Continue, TimeSpan.FromHours(1), ExhaustedPolicy.Compensate, TimeSpan.FromHours(1), once, once, Overrides: null);
    }

    private static TaskOrchestrationContext Context()
    {
        var context = new Mock<TaskOrchestrationContext>();
        context.SetupGet(static c => c.InstanceId).Returns("declared.a");
        context.Setup(static c => c.WaitForExternalEvent<JsonElement?>(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns(new TaskCompletionSource<JsonElement?>().Task);
        context.Setup(static c => c.CallActivityAsync<StepResult>(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<TaskOptions?>()))
            .ReturnsAsync(StepResult.Done);
        return context.Object;
    }
}
