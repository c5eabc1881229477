using System.Text;
using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedHost.Hosting.Serialization;

namespace EmbeddedHost.Tests.Hosting.Serialization;

public sealed class PayloadSerializerTests
{
    public static TheoryData<ObjectSerializer> Serializers => [new DefaultSerializer(JsonSerializerOptions.Web), new JsonObjectSerializer(JsonSerializerOptions.Web)];

    public sealed record Money(long Minor, string Currency);

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Payload_GoesThereAndBack_WithTheSerializersOwnOptions(ObjectSerializer serializer)
    {
        var payloads = new PayloadSerializer(serializer);

        var data = payloads.Serialize(new Money(250, "EUR"));

        Assert.Equal("""{"minor":250,"currency":"EUR"}""", Encoding.UTF8.GetString(data!));
        Assert.Equal(new Money(250, "EUR"), payloads.Deserialize(data, typeof(Money)));
    }

    [Theory]
    [MemberData(nameof(Serializers))]
    public void Null_IsNoPayload_BothWays(ObjectSerializer serializer)
    {
        var payloads = new PayloadSerializer(serializer);

        Assert.Null(payloads.Serialize(value: null));
        Assert.Null(payloads.Deserialize(data: null, typeof(Money)));
    }
}
