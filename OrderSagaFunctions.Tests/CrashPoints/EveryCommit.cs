using EmbeddedHost.Testing;
using Xunit.Abstractions;

namespace OrderSagaFunctions.Tests.CrashPoints;

/// <summary>Crashes the app at every commit of an order, before and after, in the task hub and in the tables.</summary>
internal static class EveryCommit
{
    /// <summary>Holds what is left after each crash against what is left without; returns the latter.</summary>
    public static async Task<OrderEnd> LeadsToTheSameEndAsync(
        this ITestOutputHelper output, DurableTestHostOptions options, string json, Func<OrderRun, Task> act)
    {
        OrderEnd? end = null;
        var points = await EmbeddedHost.Testing.CrashPoints.ExploreAsync(
            options,
            async host =>
            {
                var run = new OrderRun(host, json);
                await act(run);
                return await run.EndAsync();
            },
            (point, expected, actual) =>
            {
                end = expected;
                Assert.True(expected == actual, $"Crash {point}:{Environment.NewLine}expected {expected}{Environment.NewLine}found    {actual}");
            });
        output.WriteLine($"{points} crash points");
        return end!;
    }
}
