using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Hosting.Serialization;

/// <summary>An app that sets no serializer has the worker's own, with its defaults.</summary>
public sealed class DefaultSerializerTests
{
    [Fact]
    public async Task Activity_ValueTupleAsItsInput_ArrivesEmpty()
    {
        await using var host = await RunningHost.StartAsync([typeof(Names)]);

        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("call");

        // Fields are not serialised, and a value tuple has nothing else.
        Assert.Equal("none none", (await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true)).ReadOutputAs<string>());
    }

    public static class Names
    {
        [Function("call")]
        public static Task<string> Call([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallActivityAsync<string>("join", ("Ada", "Lovelace"));

        [Function("join")]
        public static string Join([ActivityTrigger] (string? First, string? Last) name) => $"{name.First ?? "none"} {name.Last ?? "none"}";
    }
}
