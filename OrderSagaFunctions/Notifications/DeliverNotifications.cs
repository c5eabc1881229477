using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Sagas;

namespace OrderSagaFunctions.Notifications;

/// <summary>
/// Delivers notifications: one instance that never ends, and is woken by whoever stores one. Everything it knows is in the
/// tables, so that a lost event, or a lost instance, costs no more than time.
/// </summary>
public static class DeliverNotifications
{
    /// <summary>The id of the one instance.</summary>
    public const string InstanceId = "deliver-notifications";

    private const string WakeEvent = "Wake";
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>The orchestrator: a round of deliveries, and a wait until the next is due.</summary>
    [Function(nameof(DeliverNotifications))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var wake = new EventWaiter(context, WakeEvent);
        if (await DeliverAsync(context) is not { } next)
        {
            return;
        }

        using (var due = new DurableDeadline(context, next))
        {
            await Task.WhenAny(wake.Next, due.Passed);
        }

        // The round to come serves every call that has come so far.
        while (wake.Next.IsCompleted)
        {
            _ = wake.TakeAsync();
        }

        context.ContinueAsNew(preserveUnprocessedEvents: true);
    }

    /// <summary>Starts the instance where it does not run, else wakes it.</summary>
    internal static async Task WakeAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        if (await client.RunsAsync(InstanceId, cancellation)
            || !await client.TryStartAsync(nameof(DeliverNotifications), input: null, InstanceId, cancellation))
        {
            await client.RaiseEventAsync(InstanceId, WakeEvent, eventPayload: null, cancellation);
        }
    }

    private static async Task<DateTimeOffset?> DeliverAsync(TaskOrchestrationContext context)
    {
        try
        {
            return (await context.CallActivityAsync<DeliveryRound>(DeliveryFunctions.DeliverDue, context.InstanceId)).NextAt;
        }
        catch (TaskFailedException)
        {
            // The tables, then: what the receiver does fails no round.
            return new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero) + AfterFailure;
        }
    }
}
