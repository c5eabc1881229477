namespace EmbeddedHost.Storage.Tables.Mapping;

/// <summary>Reads a stored property as a <typeparamref name="T"/>.</summary>
internal delegate T ReadProperty<out T>(in StoredProperty property);

/// <summary>How values of a type are stored.</summary>
internal sealed record PropertyCodec<T>(Action<PropertyWriter, string, T> Write, ReadProperty<T> Read);
