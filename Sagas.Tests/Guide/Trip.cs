using System.Text.Json.Serialization;
using Sagas;
using Sagas.Fields;

namespace Trips;

/// <summary>A business trip to be booked.</summary>
public sealed record Trip(string TripId, string Flight, string Hotel, long PriceMinor, long LimitMinor) : ISagaInput
{
    [JsonIgnore]
    public SagaId Saga => new(TripSaga.Definition.KeyOf(TripId));

    public static Trip? Read(JsonFields fields)
    {
        var id = fields.RequiredText("trip_id", SagaKey.IsId, SagaKey.IdRule);
        var flight = fields.RequiredText("flight", IsName, "the flight's number, in 1 to 100 characters");
        var hotel = fields.RequiredText("hotel", IsName, "the hotel's name, in 1 to 100 characters");
        var price = fields.RequiredInteger("price_minor", 0, 100_000_000);
        var limit = fields.RequiredInteger("limit_minor", 0, 100_000_000);
        return id is null || flight is null || hotel is null || price is null || limit is null
            ? null
            : new Trip(id, flight, hotel, price.Value, limit.Value);
    }

    private static bool IsName(string text) => text.Length <= 100 && !string.IsNullOrWhiteSpace(text);
}
