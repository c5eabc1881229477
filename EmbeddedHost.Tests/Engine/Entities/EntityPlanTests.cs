using EmbeddedHost.Engine.Entities;

namespace EmbeddedHost.Tests.Engine.Entities;

/// <summary>What an entity takes of what waits for it.</summary>
public sealed class EntityPlanTests
{
    [Fact]
    public void Of_NoLock_TakesAllInOrderUpToTheLockRequest()
    {
        var plan = EntityPlan.Of([Operation(1, "a"), Operation(2, "b"), Lock(3, "a"), Operation(4, "b")], lockedBy: null, most: 10);

        Assert.Equal([1, 2, 3], plan.Taken);
        Assert.Equal(["1", "2"], plan.Operations.Select(static operation => operation.Operation));
        Assert.NotNull(plan.Lock);
        Assert.Equal("a", plan.LockedBy);
    }

    [Fact]
    public void Of_Locked_TakesTheOwnersOnly()
    {
        var plan = EntityPlan.Of([Operation(1, "b"), Lock(2, "c"), Operation(3, "a"), Release(4, "b"), Operation(5, "a")], lockedBy: "a", most: 10);

        // A release by somebody else is of a lock that was given up for it already.
        Assert.Equal([3, 4, 5], plan.Taken);
        Assert.Equal("a", plan.LockedBy);
    }

    [Fact]
    public void Of_Release_LetsThoseThatWaitedComeBeforeWhatFollows()
    {
        var plan = EntityPlan.Of([Operation(1, "b"), Operation(2, "a"), Release(3, "a"), Operation(4, "c")], lockedBy: "a", most: 10);

        Assert.Equal(["2", "1", "4"], plan.Operations.Select(static operation => operation.Operation));
        Assert.Null(plan.LockedBy);
    }

    [Fact]
    public void Of_MoreThanABatch_LeavesTheRest()
    {
        var plan = EntityPlan.Of([Operation(1, "a"), Operation(2, "a"), Lock(3, "a")], lockedBy: null, most: 2);

        Assert.Equal([1, 2], plan.Taken);
        Assert.Null(plan.Lock);
    }

    private static EntityMail Operation(long sequence, string parent) => new(sequence, new EntityMessage { Operation = $"{sequence}", Parent = parent });

    private static EntityMail Lock(long sequence, string parent) => new(sequence, new EntityMessage { LockSet = [new LockTarget("x", "y")], Parent = parent });

    private static EntityMail Release(long sequence, string parent) => new(sequence, new EntityMessage { IsRelease = true, Parent = parent });
}
