namespace OrderSagaFunctions.Parking;

/// <summary>What became of an operator's decision about a parked saga.</summary>
public enum ParkAnswer
{
    /// <summary>The saga does not wait, or not for that.</summary>
    NotParked,

    /// <summary>It is the decision that stands.</summary>
    Decided,

    /// <summary>Another one came first, and stands.</summary>
    TooLate,
}
