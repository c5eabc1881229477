using System.Text;
using EmbeddedHost.Engine.Contracts;
using Microsoft.DurableTask;

namespace EmbeddedHost.Engine.Client;

/// <summary>The host's serialiser where the programming model speaks of a converter to and from text.</summary>
internal sealed class SerializerDataConverter(IPayloadSerializer serializer) : DataConverter
{
    /// <summary>A payload as text.</summary>
    public static string? Text(byte[]? payload) => payload is null ? null : Encoding.UTF8.GetString(payload);

    /// <inheritdoc />
    public override string? Serialize(object? value) => Text(serializer.Serialize(value));

    /// <inheritdoc />
    public override object? Deserialize(string? data, Type targetType) =>
        serializer.Deserialize(data is null ? null : Encoding.UTF8.GetBytes(data), targetType);
}
