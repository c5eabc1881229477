namespace Sagas.Storage;

/// <summary>The tables in which sagas keep what they decide and leave. Their keys are given in the stores that own them.</summary>
public static class SagaTables
{
    /// <summary>Who came first with which contents.</summary>
    public const string IdempotencyKeys = "IdempotencyKeys";

    /// <summary>The sagas that have not ended, and how many have ended how.</summary>
    public const string Claims = "Claims";

    /// <summary>Reviews, and what was decided.</summary>
    public const string Reviews = "Reviews";

    /// <summary>The cancel gates and, beside them, what sagas tell: passing the pivot and promising so is one transaction.</summary>
    public const string Notifications = "Notifications";

    /// <summary>What was left undone.</summary>
    public const string Incidents = "Incidents";

    /// <summary>Waits for operators, and what was decided.</summary>
    public const string Parkings = "Parkings";

    /// <summary>The stories of sagas that have ended.</summary>
    public const string Reports = "SagaReports";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [IdempotencyKeys, Claims, Reviews, Notifications, Incidents, Parkings, Reports];
}
