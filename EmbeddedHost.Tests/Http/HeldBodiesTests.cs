using EmbeddedHost.Http;

namespace EmbeddedHost.Tests.Http;

/// <summary>Bodies take a bounded share of the memory, and it is the largest that make way.</summary>
public sealed class HeldBodiesTests
{
    [Fact]
    public void Take_BeyondTheCapacity_GivesUpTheLargestThatIsOnItsWay()
    {
        var bodies = new HeldBodies(100);
        using var small = Begin(bodies, 10);
        using var large = Begin(bodies, 60);
        using var other = Begin(bodies, 30);

        Assert.True(bodies.TryTake(other, 20));

        Assert.True(large.GivenUp.IsCancellationRequested);
        Assert.False(bodies.TryTake(large, 1));
        Assert.False(bodies.TryComplete(large));
        Assert.True(bodies.TryComplete(small));
        Assert.Equal(60, bodies.Held);
    }

    [Fact]
    public void Take_WhereTheBodyWouldBeTheLargestItself_IsRefused()
    {
        var bodies = new HeldBodies(100);
        using var one = Begin(bodies, 50);
        using var other = Begin(bodies, 40);

        Assert.False(bodies.TryTake(other, 20));
        Assert.False(one.GivenUp.IsCancellationRequested);
    }

    [Fact]
    public void Take_WhereAllThatIsHeldIsInUse_IsRefused()
    {
        var bodies = new HeldBodies(100);
        using var used = Begin(bodies, 95);
        Assert.True(bodies.TryComplete(used));
        using var other = bodies.Begin(1000);

        Assert.False(bodies.TryTake(other, 10));
        Assert.False(used.GivenUp.IsCancellationRequested);
    }

    [Fact]
    public void Dispose_OfABody_FreesWhatItTook()
    {
        var bodies = new HeldBodies(100);
        Begin(bodies, 60).Dispose();

        Assert.Equal(0, bodies.Held);
    }

    private static HeldBody Begin(HeldBodies bodies, int size)
    {
        var body = bodies.Begin(1000);
        Assert.True(bodies.TryTake(body, size));
        return body;
    }
}
