using System.Runtime.InteropServices;
using Azure.Core.Serialization;
using EmbeddedHost.Engine.Contracts;

namespace EmbeddedHost.Hosting.Serialization;

/// <summary>Payloads of orchestrations and activities, by the app's own serializer.</summary>
internal sealed class PayloadSerializer(ObjectSerializer serializer) : IPayloadSerializer
{
    public byte[]? Serialize(object? value)
    {
        if (value is null)
        {
            return null;
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

        using var stream = new MemoryStream(data, writable: false);
        return serializer.Deserialize(stream, type, CancellationToken.None);
    }
}
