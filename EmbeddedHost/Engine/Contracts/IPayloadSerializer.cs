namespace EmbeddedHost.Engine.Contracts;

/// <summary>The app's serializer as the engine sees it. Null is no payload, both ways.</summary>
internal interface IPayloadSerializer
{
    /// <summary>The value as UTF-8 JSON.</summary>
    byte[]? Serialize(object? value);

    /// <summary>The value of a type out of UTF-8 JSON; without payload, null.</summary>
    object? Deserialize(byte[]? data, Type type);
}
