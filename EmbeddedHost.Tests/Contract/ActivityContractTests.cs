using System.Globalization;
using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Activities: in sequence, many at once, and how failures surface.</summary>
public sealed class ActivityContractTests
{
    [Theory, Engines]
    public async Task Run_SequenceAndFanOut_CompletesWithResult(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Double", static n => n * 2)
            .Orchestrator<int, int>("Sum", static async (context, input) =>
            {
                var first = await context.CallActivityAsync<int>("Double", input);
                var rest = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => context.CallActivityAsync<int>("double", n)));
                return first + rest.Sum();
            }));

        var result = await engine.RunAsync("Sum", 5);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, result.RuntimeStatus);
        Assert.Equal(430, result.ReadOutputAs<int>());
        Assert.Equal(5, result.ReadInputAs<int>());
    }

    [Theory, Engines]
    public async Task CallActivity_Throws_SurfacesWithItsDetails(EngineKind kind)
    {
        TaskFailedException? seen = null;
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Boom", static _ => throw new InvalidDataException("outer", new TimeoutException("inner")))
            .Orchestrator("Catch", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Boom", 1);
                }
                catch (TaskFailedException e)
                {
                    seen = e;
                    return -1;
                }
            }));

        Assert.Equal(-1, (await engine.RunAsync("Catch")).ReadOutputAs<int>());

        Assert.Equal("Boom", seen!.TaskName);
        Assert.Equal(0, seen.TaskId);
        Assert.Equal("System.IO.InvalidDataException", seen.FailureDetails.ErrorType);
        Assert.Equal("outer", seen.FailureDetails.ErrorMessage);
        Assert.Contains(nameof(ActivityContractTests), seen.FailureDetails.StackTrace, StringComparison.Ordinal);
        Assert.Equal("System.TimeoutException", seen.FailureDetails.InnerFailure!.ErrorType);
        Assert.True(seen.FailureDetails.IsCausedBy<SystemException>());
        Assert.False(seen.FailureDetails.IsCausedBy<ArgumentException>());
    }

    [Theory, Engines]
    public async Task CallActivity_OneOfManyFails_TheOthersResultsAreThere(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, int>("Odd", static n => n == 3 ? throw new InvalidDataException("three") : n)
            .Orchestrator("All", static async context =>
            {
                var calls = Enumerable.Range(0, 6).Select(n => context.CallActivityAsync<int>("Odd", n)).ToArray();
                _ = await Assert.ThrowsAsync<TaskFailedException>(() => Task.WhenAll(calls));
                return string.Join(' ', calls.Select(static call => call.IsFaulted ? "-" : $"{call.Result}"));
            }));

        Assert.Equal("0 1 2 - 4 5", (await engine.RunAsync("All")).ReadOutputAs<string>());
    }

    [Theory, Engines]
    public async Task CallActivity_Unknown_FailsTheTaskByName(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Call", static async context =>
                (await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<int>("Nowhere"))).FailureDetails.ErrorMessage));

        Assert.Contains("Nowhere", (await engine.RunAsync("Call")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Theory, Engines]
    public async Task CallActivity_ResultOfAnotherType_Fails(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Activity<int, string>("Text", static n => n.ToString(CultureInfo.InvariantCulture) + "?")
            .Orchestrator("Call", static context => context.CallActivityAsync<int>("Text", 1)));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Call")).RuntimeStatus);
    }

    [Theory]
    [Engines(Except = [EngineKind.AzureStorage], Because = "It keeps the failure as text, in the output.")]
    public async Task Run_UncaughtException_FailsWithItsDetails(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Throwing);

        var ended = await engine.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(typeof(TaskFailedException).FullName, ended.FailureDetails!.ErrorType);
        Assert.Equal("bad data", ended.FailureDetails.InnerFailure!.ErrorMessage);
    }

    [Theory]
    [Engines(Only = [EngineKind.AzureStorage], Because = "The others keep the failure's details.")]
    public async Task Run_UncaughtException_TheOutputIsItsText(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, Throwing);

        var ended = await engine.RunAsync("Throw");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Null(ended.FailureDetails);
        Assert.Contains("bad data", ended.SerializedOutput, StringComparison.Ordinal);
    }

    private static void Throwing(ContractApp app) => app
        .Activity<int, int>("Boom", static _ => throw new InvalidDataException("bad data"))
        .Orchestrator("Throw", static context => context.CallActivityAsync<int>("Boom", 1));
}
