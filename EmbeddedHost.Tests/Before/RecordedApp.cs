using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EmbeddedHost.Tests.Before;

/// <summary>
/// One orchestrator for each thing that a history can hold. Each ends after an event "Go", so that it can be recorded ended
/// and under way. What is recorded is replayed with this code: it does not change.
/// </summary>
public static class RecordedApp
{
    [Function(nameof(RetryingActivity))]
    public static async Task<string> RetryingActivity([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var policy = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1), backoffCoefficient: 2));
        _ = await context.CallActivityAsync<string>(nameof(FailsOnce), $"{context.NewGuid()}", policy);
        var handler = TaskOptions.FromRetryHandler(async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(30), CancellationToken.None);
            return retry.LastAttemptNumber < 3;
        });
        _ = await context.CallActivityAsync<string>(nameof(FailsOnce), $"{context.NewGuid()}", handler);
        return await EndAsync(context);
    }

    [Function(nameof(RetryingChild))]
    public static async Task<string> RetryingChild([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var policy = new RetryPolicy(3, TimeSpan.FromMinutes(1));
        _ = await context.CallSubOrchestratorAsync<string>(
            nameof(CallsOnce), input: 1, new SubOrchestrationOptions(policy, instanceId: $"{context.InstanceId}-child"));
        return await EndAsync(context);
    }

    [Function(nameof(Children))]
    public static async Task<string> Children([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var unnamed = context.CallSubOrchestratorAsync<string>(nameof(CallsOnce), input: 1);
        var named = context.CallSubOrchestratorAsync<string>(
            nameof(CallsOnce), input: 2, new SubOrchestrationOptions(instanceId: context.NewGuid().ToString("N")) { Version = "2.0" });
        try
        {
            _ = await Task.WhenAll(unnamed, named);
        }
        catch (TaskFailedException failure)
        {
            context.SetCustomStatus(failure.TaskName);
        }

        return await EndAsync(context);
    }

    [Function(nameof(Timers))]
    public static async Task<string> Timers([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var off = new CancellationTokenSource();
        var late = context.CreateTimer(TimeSpan.FromDays(10), off.Token);
        var early = context.CreateTimer(context.CurrentUtcDateTime.AddMinutes(1), CancellationToken.None);
        _ = await Task.WhenAny(late, early);
        off.Cancel();
        try
        {
            _ = await context.WaitForExternalEvent<string>("Never", TimeSpan.FromMinutes(2));
        }
        catch (OperationCanceledException)
        {
            context.SetCustomStatus("late");
        }

        return await EndAsync(context);
    }

    [Function(nameof(FanOut))]
    public static async Task<string> FanOut([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var calls = Enumerable.Range(0, 5).Select(i => context.CallActivityAsync<string>(nameof(Echo), $"{i} at {context.CurrentUtcDateTime:O}"));
        _ = await Task.WhenAll(calls);
        await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync<string>(nameof(Fails), input: null));
        var tagged = new TaskOptions(tags: new Dictionary<string, string>(StringComparer.Ordinal) { ["colour"] = "blue" });
        _ = await context.CallActivityAsync<string>(nameof(Echo), "tagged", tagged);
        return await EndAsync(context);
    }

    [Function(nameof(Events))]
    public static async Task<string> Events([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SendEvent(context.InstanceId, "Own", 7);
        var (one, two) = (context.WaitForExternalEvent<int>("Twice"), context.WaitForExternalEvent<int>("Twice"));
        _ = await context.WaitForExternalEvent<int>("Own");
        _ = await context.CallActivityAsync<string>(nameof(Echo), $"{await one} {await two}");
        return await EndAsync(context);
    }

    [Function(nameof(Rewound))]
    public static async Task<string> Rewound([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = await context.CallActivityAsync<string>(nameof(Echo), $"{context.NewGuid()}");
        // Without a retry: the instance fails, and is rewound.
        _ = await context.CallActivityAsync<string>(nameof(FailsOnce), $"{context.NewGuid()}");
        _ = await context.CallActivityAsync<string>(nameof(Echo), $"{context.NewGuid()}");
        return await EndAsync(context);
    }

    [Function(nameof(LeftWaiter))]
    public static async Task<string> LeftWaiter([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            _ = await context.WaitForExternalEvent<int>("Twice", TimeSpan.FromMinutes(2));
            _ = await context.WaitForExternalEvent<string>("Late", TimeSpan.FromMinutes(2));
        }
        catch (OperationCanceledException)
        {
            context.SetCustomStatus("late");
        }

        var word = await context.WaitForExternalEvent<string>("Late");
        _ = await context.CallActivityAsync<string>(nameof(Echo), word);
        return await EndAsync(context);
    }

    [Function(nameof(Eternal))]
    public static async Task<string> Eternal([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var round = context.GetInput<int>();
        _ = await context.CallActivityAsync<string>(nameof(Echo), $"{context.NewGuid()}");
        if (round < 3)
        {
            _ = await context.WaitForExternalEvent<string>("Next");
            context.ContinueAsNew(round + 1);
            return "";
        }

        return await EndAsync(context);
    }

    [Function(nameof(CallsOnce))]
    public static Task<string> CallsOnce([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>(nameof(FailsOnce), context.InstanceId);

    [Function(nameof(FailsOnce))]
    public static string FailsOnce([ActivityTrigger] string input) => input;

    [Function(nameof(Echo))]
    public static string Echo([ActivityTrigger] string input) => input;

    [Function(nameof(Fails))]
    public static string Fails([ActivityTrigger] string? input) => throw new InvalidOperationException("Always.", new TimeoutException($"{input}"));

    private static async Task<string> EndAsync(TaskOrchestrationContext context)
    {
        var word = await context.WaitForExternalEvent<string>("Go");
        _ = await context.CallActivityAsync<string>(nameof(Echo), $"{context.NewGuid()}");
        return word;
    }
}
