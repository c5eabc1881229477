namespace EmbeddedHost.Engine.Contracts;

/// <summary>The app's serializer as the engine sees it. Null is no payload, both ways.</summary>
internal interface IPayloadSerializer
{
    /// <summary>The value as UTF-8 JSON.</summary>
    byte[]? Serialize(object? value);

    /// <summary>The value of a type out of UTF-8 JSON; without payload, null.</summary>
    object? Deserialize(byte[]? data, Type type);
}

/// <summary>Reads payloads as the type that is asked for.</summary>
internal static class PayloadSerializerExtensions
{
    /// <summary>The value; without payload the type's default, which a value type cannot have from null.</summary>
    public static T? Read<T>(this IPayloadSerializer serializer, byte[]? data) =>
        serializer.Deserialize(data, typeof(T)) is { } value ? (T)value : default;
}
