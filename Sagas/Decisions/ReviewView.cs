
namespace Sagas.Decisions;

/// <summary>A saga's review as the API shows it.</summary>
/// <param name="Status">Waiting, Approved, Rejected, TimedOut or Withdrawn.</param>
/// <param name="Flags">Why a person should look at it.</param>
/// <param name="RequestedAt">Since when.</param>
/// <param name="Deadline">Until when.</param>
/// <param name="Decision">The decision, once there is one.</param>
public sealed record ReviewView(
    string Status, IReadOnlyList<ReviewFlag> Flags, DateTimeOffset RequestedAt, DateTimeOffset Deadline, ReviewDecision? Decision)
{
    /// <summary>The status of a review that nobody has decided, and whose saga waits no more.</summary>
    public const string Withdrawn = "Withdrawn";

    /// <summary>Puts a task and its decision together.</summary>
    public static ReviewView Of(ReviewRequest task, DateTimeOffset requestedAt, ReviewDecision? decision)
    {
        var status = decision switch
        {
            null => "Waiting",
            { TimedOut: true } => "TimedOut",
            { Approved: true } => "Approved",
            _ => "Rejected",
        };
        return new ReviewView(status, task.Flags, requestedAt, task.Deadline, decision);
    }
}
