namespace Sagas.Tests.Runs;

public sealed class JitterTests
{
    private static readonly RetrySettings Retry = new(4, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));

    [Fact]
    public void Delay_SameAttempt_IsTheSameForEver() =>
        // A literal, because a delay that differs between two builds would break the replay of what waits meanwhile.
        Assert.Equal(TimeSpan.FromTicks(10_003_304), Jitter.Delay("order-1", "ProcessPayment", 1, Retry));

    [Fact]
    public void Delay_ManyInstances_SpreadsOverTheWholeRange()
    {
        var delays = Enumerable.Range(0, 1000).Select(i => Jitter.Delay($"order-{i}", "ProcessPayment", 1, Retry).TotalSeconds).ToList();

        Assert.All(delays, delay => Assert.InRange(delay, 0, 2));
        Assert.InRange(delays.Average(), 0.9, 1.1);
        Assert.InRange(delays.Min(), 0, 0.05);
        Assert.InRange(delays.Max(), 1.95, 2);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(4, 8)]
    [InlineData(60, 8)]
    public void Delay_LaterAttempt_DoublesItsBoundUpToTheCap(int attempt, int boundSeconds)
    {
        var longest = Enumerable.Range(0, 500).Max(i => Jitter.Delay($"order-{i}", "ProcessPayment", attempt, Retry));

        Assert.InRange(longest.TotalSeconds, boundSeconds * 0.9, boundSeconds);
    }
}
