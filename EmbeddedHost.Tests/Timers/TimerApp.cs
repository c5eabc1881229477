using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Timers;

/// <summary>Notes when it runs, and whether that is too late.</summary>
public sealed class EveryFiveMinutes(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(EveryFiveMinutes))]
    public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer) => ticks.Add(clock, timer.IsPastDue ? "late" : null);
}

public sealed class AtStart(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(AtStart))]
    public void Run([TimerTrigger("0 0 * * * *", RunOnStartup = true)] TimerInfo timer) => ticks.Add(clock, timer.IsPastDue ? "late" : null);
}

public sealed class NotMonitored(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(NotMonitored))]
    public void Run([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer) =>
        ticks.Add(clock, timer.ScheduleStatus is null ? "no status" : "status");
}

public sealed class EachTenSeconds(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(EachTenSeconds))]
    public void Run([TimerTrigger("*/10 * * * * *")] TimerInfo timer) => ticks.Add(clock, timer.ScheduleStatus is null ? null : "status");
}

public sealed class Interval(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(Interval))]
    public void Run([TimerTrigger("00:07:30")] TimerInfo timer) => ticks.Add(clock, timer.IsPastDue ? "late" : null);
}

public sealed class BySetting(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(BySetting))]
    public void Run([TimerTrigger("%Reconcile:Schedule%")] string timer) => ticks.Add(clock);
}

/// <summary>Takes longer than its interval.</summary>
public sealed class Slow(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(Slow))]
    public async Task Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        ticks.Add(clock, "begins");
        await Task.Delay(TimeSpan.FromMinutes(12), clock, cancellationToken);
        ticks.Add(clock, "ends");
    }
}

public sealed class Failing(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(Failing))]
    public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer)
    {
        ticks.Add(clock);
        throw new InvalidOperationException("the other side is down");
    }
}

public sealed class Retried(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(Retried))]
    [FixedDelayRetry(2, "00:00:10")]
    public void Run([TimerTrigger("0 */5 * * * *")] TimerInfo timer, FunctionContext context)
    {
        ticks.Add(clock, $"{context.RetryContext!.RetryCount}/{context.RetryContext.MaxRetryCount}");
        throw new InvalidOperationException("the other side is down");
    }
}

public sealed class BackingOff(Ticks ticks, TimeProvider clock)
{
    [Function(nameof(BackingOff))]
    [ExponentialBackoffRetry(-1, "00:00:10", "00:00:45")]
    public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer, FunctionContext context)
    {
        ticks.Add(clock);
        if (context.RetryContext!.RetryCount < 5)
        {
            throw new InvalidOperationException("the other side is down");
        }
    }
}

/// <summary>What a trigger tells, in types of all kinds.</summary>
public sealed class Shapes(Ticks ticks)
{
    [Function("as-text")]
    public void Text([TimerTrigger("0 0 * * * *")] string timer) => ticks.Add(timer);

    [Function("as-own")]
    public void Own([TimerTrigger("0 1 * * * *")] OwnTimer timer) => ticks.Add($"{timer.ScheduleStatus.Next:O}");

    [Function("as-timer")]
    public void Timer([TimerTrigger("0 2 * * * *")] TimerInfo timer, FunctionContext context) => ticks.Add(
        $"{context.FunctionDefinition.Name} {timer.ScheduleStatus!.Last.ToUniversalTime():O} {timer.ScheduleStatus.Next.ToUniversalTime():O}");

    public sealed record OwnTimer(OwnStatus ScheduleStatus, bool IsPastDue);

    public sealed record OwnStatus(DateTimeOffset Last, DateTimeOffset Next);
}

/// <summary>Starts an orchestration, which the timer's own time names.</summary>
public static class Nightly
{
    [Function(nameof(Start))]
    public static Task Start([TimerTrigger("0 3 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        client.ScheduleNewOrchestrationInstanceAsync(
            nameof(Clean), new StartOrchestrationOptions($"night-{timer.ScheduleStatus!.Next.ToUniversalTime():yyyy-MM-dd}"), cancellationToken);

    [Function(nameof(Clean))]
    public static async Task<string> Clean([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
        return $"clean at {context.CurrentUtcDateTime:HH:mm}";
    }
}
