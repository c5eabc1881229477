using System.Text.Json.Serialization;
using Sagas;
using Sagas.Fields;

namespace OrderSagaFunctions.Tests.WriteASaga;

/// <summary>A business trip to be booked.</summary>
/// <param name="TripId">The trip.</param>
/// <param name="Flight">The flight.</param>
/// <param name="Hotel">The hotel.</param>
/// <param name="PriceMinor">What it costs, in cents.</param>
/// <param name="LimitMinor">What the traveller's card may be charged, in cents.</param>
public sealed record Trip(string TripId, string Flight, string Hotel, long PriceMinor, long LimitMinor)
{
    private const int LongestName = 100;
    private const long MostMinor = 100_000_000;

    /// <summary>The key of its saga, under which all lies that the saga does.</summary>
    [JsonIgnore]
    public string Key => TripSteps.Definition.KeyOf(TripId);

    internal static Trip? Read(JsonFields fields)
    {
        var id = fields.RequiredText("trip_id", SagaKey.IsId, SagaKey.IdRule);
        var flight = fields.RequiredText("flight", IsName, "the flight's number, in 1 to 100 characters");
        var hotel = fields.RequiredText("hotel", IsName, "the hotel's name, in 1 to 100 characters");
        var price = fields.RequiredInteger("price_minor", 0, MostMinor);
        var limit = fields.RequiredInteger("limit_minor", 0, MostMinor);
        return id is null || flight is null || hotel is null || price is null || limit is null
            ? null
            : new Trip(id, flight, hotel, price.Value, limit.Value);
    }

    private static bool IsName(string text) => text.Length <= LongestName && !string.IsNullOrWhiteSpace(text);
}
