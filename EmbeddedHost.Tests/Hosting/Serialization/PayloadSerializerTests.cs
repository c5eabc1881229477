using System.Text;
using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedHost.Hosting.Serialization;

namespace EmbeddedHost.Tests.Hosting.Serialization;

public sealed class PayloadSerializerTests
{
    public sealed record Money(long Minor, string Currency);

    [Fact]
    public void Payload_GoesThereAndBack_WithTheSerializersOwnOptions()
    {
        var payloads = new PayloadSerializer(new JsonObjectSerializer(JsonSerializerOptions.Web));

        var data = payloads.Serialize(new Money(250, "EUR"));

        Assert.Equal("""{"minor":250,"currency":"EUR"}""", Encoding.UTF8.GetString(data!));
        Assert.Equal(new Money(250, "EUR"), payloads.Deserialize(data, typeof(Money)));
    }

    [Fact]
    public void Null_IsNoPayload_BothWays()
    {
        var payloads = new PayloadSerializer(new JsonObjectSerializer(JsonSerializerOptions.Web));

        Assert.Null(payloads.Serialize(value: null));
        Assert.Null(payloads.Deserialize(data: null, typeof(Money)));
    }
}
