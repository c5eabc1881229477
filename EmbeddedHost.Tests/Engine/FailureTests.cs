using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Engine;

/// <summary>How failures surface: in the orchestrator, and in what the client sees.</summary>
public sealed class FailureTests
{
    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallActivity_Throws_SurfacesWithItsDetails(int warm)
    {
        await using var hub = new HubFixture(warm);
        TaskFailedException? seen = null;
        _ = hub.Activity<int, int>("Boom", static _ => throw new InvalidDataException("outer", new TimeoutException("inner")))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Boom", 1);
                }
                catch (TaskFailedException e)
                {
                    seen = e;
                    await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                    return -1;
                }
            });

        Assert.Equal(-1, (await hub.RunAsync("Catch")).ReadOutputAs<int>());

        Assert.Equal("Boom", seen!.TaskName);
        Assert.Equal(0, seen.TaskId);
        Assert.Equal("System.IO.InvalidDataException", seen.FailureDetails.ErrorType);
        Assert.Equal("outer", seen.FailureDetails.ErrorMessage);
        Assert.Contains(nameof(FailureTests), seen.FailureDetails.StackTrace, StringComparison.Ordinal);
        Assert.Equal("System.TimeoutException", seen.FailureDetails.InnerFailure!.ErrorType);
        Assert.True(seen.FailureDetails.IsCausedBy<SystemException>());
        Assert.False(seen.FailureDetails.IsCausedBy<ArgumentException>());
    }

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallActivity_Unknown_FailsTheTaskByName(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Orchestrator("Call", static context => context.CallActivityAsync<int>("Nowhere"));

        var ended = await hub.RunAsync("Call");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("'Nowhere'", ended.FailureDetails!.InnerFailure!.ErrorMessage, StringComparison.Ordinal);
    }

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

    [Theory]
    [ClassData(typeof(WarmAndCold))]
    public async Task CallActivity_ResultOfAnotherType_ThrowsInTheOrchestrator(int warm)
    {
        await using var hub = new HubFixture(warm);
        _ = hub.Activity<int, string>("Text", static n => n.ToString(CultureInfo.InvariantCulture) + "?")
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Text", 1));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Call")).RuntimeStatus);
    }

    [Fact]
    public async Task Schedule_UnknownOrchestrator_Throws()
    {
        await using var hub = new HubFixture();

        _ = await Assert.ThrowsAsync<ArgumentException>(() => hub.StartAsync("Nowhere"));
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
