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

    private sealed class MuteException : Exception
    {
        public override string Message => null!;
    }
}
