using EmbeddedHost.Tests.Contract.Engines;
using Microsoft.DurableTask.Client;

namespace EmbeddedHost.Tests.Contract;

/// <summary>Durable timers.</summary>
public sealed class TimerContractTests
{
    [Theory, Engines]
    public async Task CreateTimer_FiresWhenDueAndNotBefore(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Sleep", static async context =>
            {
                var due = context.CurrentUtcDateTime.AddMilliseconds(1200);
                await context.CreateTimer(due, CancellationToken.None);
                return context.CurrentUtcDateTime - due;
            }));

        var late = (await engine.RunAsync("Sleep")).ReadOutputAs<TimeSpan>();

        Assert.InRange(late, -engine.TimersComeEarlyBy, TimeSpan.FromSeconds(20));
    }

    [Theory, Engines]
    public async Task CreateTimer_CancelledInTimeOrBefore_DoesNotKeepTheInstanceAlive(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Race", static async context =>
            {
                using var lost = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(2), lost.Token);
                var never = context.CreateTimer(TimeSpan.FromDays(2), new CancellationToken(canceled: true));
                await context.WaitForExternalEvent<object?>("E");
                // Not CancelAsync: it would go on outside of the turn.
                lost.Cancel();
                return timer.IsCanceled && never.IsCanceled;
            }));

        var id = await engine.StartAsync("Race");
        await engine.Client.RaiseEventAsync(id, "E");

        Assert.True((await engine.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Theory, Engines]
    public async Task CreateTimer_InThePast_FiresAtOnce(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Past", static async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-1), CancellationToken.None);
                return true;
            }));

        Assert.True((await engine.RunAsync("Past")).ReadOutputAs<bool>());
    }

    [Theory, Engines]
    public async Task End_TimerNotCancelled_ComesWhenItHasFired(EngineKind kind)
    {
        await using var engine = await ContractEngine.StartAsync(kind, static app => app
            .Orchestrator("Leave", static context =>
            {
                _ = context.CreateTimer(TimeSpan.FromMilliseconds(1200), CancellationToken.None);
                return Task.FromResult(context.CurrentUtcDateTime);
            }));

        var ended = await engine.RunAsync("Leave");
        var took = ended.LastUpdatedAt.UtcDateTime - ended.ReadOutputAs<DateTime>();

        Assert.True(took >= TimeSpan.FromMilliseconds(1200) - engine.TimersComeEarlyBy, $"{took}");
    }

    [Theory, Engines]
    public async Task End_ActivityNotAwaited_ComesAfterIt(EngineKind kind)
    {
        var slow = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = await ContractEngine.StartAsync(kind, app => app
            .Activity<int, int>("Slow", _ => slow.Task)
            .Orchestrator("Leave", static context =>
            {
                _ = context.CallActivityAsync<int>("Slow", 1);
                context.SetCustomStatus("left");
                return Task.FromResult(0);
            }));

        var id = await engine.StartAsync("Leave");
        await engine.ShowsAsync(id, "left");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.GetAsync(id)).RuntimeStatus);
        slow.SetResult(1);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndAsync(id)).RuntimeStatus);
    }
}
