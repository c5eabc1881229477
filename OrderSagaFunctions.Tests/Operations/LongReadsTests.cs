using Sagas.Operations;

namespace OrderSagaFunctions.Tests.Operations;

public sealed class LongReadsTests : IDisposable
{
    private readonly LongReads _reads = new();

    public void Dispose() => _reads.Dispose();

    [Fact]
    public async Task Run_SecondOfAKind_BeginsWhenTheFirstHasEnded()
    {
        var first = new TaskCompletionSource<int>();
        var begun = 0;

        var one = _reads.RunAsync("audit", () => first.Task, default);
        var two = _reads.RunAsync("audit", () => Task.FromResult(++begun), default);
        var other = await _reads.RunAsync("counts", static () => Task.FromResult(7), default);

        Assert.Equal((0, 7, false), (begun, other, two.IsCompleted));
        first.SetResult(1);
        Assert.Equal((1, 1), (await one, await two));
    }

    [Fact]
    public async Task Run_FirstFails_LetsTheNextIn()
    {
        _ = await Assert.ThrowsAsync<InvalidOperationException>(
            () => _reads.RunAsync<int>("audit", static () => throw new InvalidOperationException("the tables are gone"), default));

        Assert.Equal(1, await _reads.RunAsync("audit", static () => Task.FromResult(1), default));
    }

    [Fact]
    public async Task Run_CallerLeavesWhileItWaits_LeavesTheTurnToOthers()
    {
        var first = new TaskCompletionSource<int>();
        using var leaves = new CancellationTokenSource();
        var one = _reads.RunAsync("audit", () => first.Task, default);
        var two = _reads.RunAsync("audit", static () => Task.FromResult(2), leaves.Token);

        leaves.Cancel();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        first.SetResult(1);
        _ = await one;
        Assert.Equal(3, await _reads.RunAsync("audit", static () => Task.FromResult(3), default));
    }
}
