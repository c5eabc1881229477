namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>A business trip to be booked.</summary>
/// <param name="TripId">Begins with <c>trip-</c>: the sagas of an app share their keys.</param>
/// <param name="Flight">The flight.</param>
/// <param name="Hotel">The hotel.</param>
/// <param name="PriceMinor">What it costs, in cents.</param>
/// <param name="LimitMinor">What the traveller's card may be charged, in cents.</param>
public sealed record Trip(string TripId, string Flight, string Hotel, long PriceMinor, long LimitMinor);
