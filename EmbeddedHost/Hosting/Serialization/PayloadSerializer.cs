using System.Runtime.InteropServices;
using System.Text.Json;
using Azure.Core.Serialization;
using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Hosting.Serialization;

/// <summary>Payloads of orchestrations and activities, by the app's own serializer.</summary>
internal sealed class PayloadSerializer(ObjectSerializer serializer) : IPayloadSerializer
{
    private readonly JsonSerializerOptions? _options = (serializer as DefaultSerializer)?.Options;

    public byte[]? Serialize(object? value)
    {
        if (value is null)
        {
            return null;
        }

        if (_options is not null)
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), _options);
        }

        var data = serializer.Serialize(value, value.GetType()).ToMemory();
        return MemoryMarshal.TryGetArray(data, out var array) && array.Count == array.Array!.Length ? array.Array : data.ToArray();
    }

    public object? Deserialize(byte[]? data, Type type)
    {
        if (data is null)
        {
            return null;
        }

        if (_options is not null)
        {
            return JsonSerializer.Deserialize(data, type, _options);
        }

        using var stream = new MemoryStream(data, writable: false);
        return serializer.Deserialize(stream, type, CancellationToken.None);
    }
}
