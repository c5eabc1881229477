namespace EmbeddedHost.Engine.Entities;

/// <summary>A message that waits for an entity, and the number of its row in the mail.</summary>
internal readonly record struct EntityMail(long Sequence, EntityMessage Message);

/// <summary>What an entity does next, of all that waits for it: the messages that it takes in, and what they ask for.</summary>
internal sealed class EntityPlan
{
    /// <summary>The mail that is taken in.</summary>
    public List<long> Taken { get; } = [];

    /// <summary>The operations, in their order.</summary>
    public List<EntityMessage> Operations { get; } = [];

    /// <summary>The request for the lock, granted after the operations.</summary>
    public EntityMessage? Lock { get; private set; }

    /// <summary>The orchestration that has the lock afterwards; null is none.</summary>
    public string? LockedBy { get; private set; }

    /// <summary>
    /// Takes messages in the order they came, up to a request for the lock. While an orchestration has the lock, only its own
    /// are taken; the others wait for its release.
    /// </summary>
    /// <param name="waiting">What waits.</param>
    /// <param name="lockedBy">The orchestration that has the lock; null is none.</param>
    /// <param name="most">How many operations a batch has at most.</param>
    public static EntityPlan Of(IReadOnlyList<EntityMail> waiting, string? lockedBy, int most)
    {
        var plan = new EntityPlan { LockedBy = lockedBy };
        var isTaken = new bool[waiting.Count];
        for (var i = 0; i < waiting.Count && plan.Operations.Count < most; i++)
        {
            var (sequence, message) = waiting[i];
            if (isTaken[i] || (!message.IsRelease && plan.LockedBy is not null && message.Parent != plan.LockedBy))
            {
                continue;
            }

            isTaken[i] = true;
            plan.Taken.Add(sequence);
            if (message.IsRelease)
            {
                if (message.Parent == plan.LockedBy)
                {
                    // Those that waited for it come before all that is still to be looked at.
                    plan.LockedBy = null;
                    i = -1;
                }
            }
            else if (message.LockSet is not null)
            {
                (plan.Lock, plan.LockedBy) = (message, message.Parent);
                break;
            }
            else
            {
                plan.Operations.Add(message);
            }
        }

        return plan;
    }
}
