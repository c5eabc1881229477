namespace OrderSagaFunctions.Saga;

/// <summary>Something a saga had to leave undone, open until someone deals with it.</summary>
/// <param name="Id">The incident, unique within its order.</param>
/// <param name="Compensation">The compensation that is not known to be done.</param>
/// <param name="Error">Why not.</param>
/// <param name="OpenedAt">Since when.</param>
public sealed record Incident(string Id, string Compensation, string Error, DateTimeOffset OpenedAt)
{
    /// <summary>The status of an incident that nobody has dealt with.</summary>
    public const string Open = "Open";

    /// <summary>Open until someone deals with it: nothing closes an incident by itself.</summary>
    public string Status { get; init; } = Open;
}
