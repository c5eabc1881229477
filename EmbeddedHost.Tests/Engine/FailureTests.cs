using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>How failures surface: in the orchestrator, and in what the client sees.</summary>
public sealed class FailureTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Run_UncaughtException_FailsWithItsDetails(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Boom", static _ => throw new InvalidDataException("bad data"))
            .Orchestrator("Throw", static context => context.CallActivityAsync<int>("Boom", 1));

        var ended = await hub.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Null(ended.SerializedOutput);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        Assert.Equal("bad data", ended.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task Run_ResultThatCannotBeSerialised_Fails(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Loop", static _ => Task.FromResult(new Cyclic()));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Loop")).RuntimeStatus);
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallActivity_ExceptionWithoutAMessage_FailsTheTaskOnly(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, int>("Mute", static _ => throw new MuteException())
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Mute", 1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Call")).RuntimeStatus);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallActivity_ExceptionThatCannotTellItsMessage_FailsTheTaskOnly(bool atOnce)
    {
        await using var hub = new HubFixture();
        _ = hub.Activity<int, int>("Broken", async _ =>
            {
                if (!atOnce)
                {
                    await Task.Yield();
                }

                throw new BrokenException(null);
            })
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Broken", 1));

        var ended = await hub.RunAsync("Call");

        Assert.Equal(typeof(BrokenException).ToString(), ended.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Contains(nameof(NullReferenceException), ended.FailureDetails.InnerFailure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExceptionThatCannotTellItsMessage_FailsTheInstanceOnly()
    {
        await using var hub = new HubFixture();
        _ = hub.Orchestrator<int>("Broken", static _ => throw new BrokenException(null));

        Assert.Equal(typeof(BrokenException).ToString(), (await hub.RunAsync("Broken")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Schedule_UnknownOrchestrator_FailsWithASentence()
    {
        await using var hub = new HubFixture();

        var ended = await hub.RunAsync("Nowhere");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("'Nowhere' is not part of this app", ended.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    private sealed class Cyclic
    {
        public Cyclic Self => this;
    }

    private sealed class BrokenException(string? item) : Exception
    {
        public override string Message => $"{item!.Length} letters were too many.";
    }

    private sealed class MuteException : Exception
    {
        public override string Message => null!;
    }
}
