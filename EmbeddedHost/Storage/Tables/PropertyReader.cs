namespace EmbeddedHost.Storage.Tables;

/// <summary>Walks through what <see cref="PropertyWriter"/> encoded, without decoding what nobody asks for.</summary>
internal ref struct PropertyReader
{
    private ReadOnlySpan<byte> _rest;

    public PropertyReader(ReadOnlySpan<byte> properties)
    {
        if (properties.Length == 0 || properties[0] != PropertyWriter.Version)
        {
            throw new InvalidDataException(
                $"A stored entity has the encoding {(properties.Length == 0 ? "none" : properties[0])}; this version reads {PropertyWriter.Version}. " +
                "The data folder was written by another version, or is damaged.");
        }

        _rest = properties[1..];
    }

    /// <summary>The next property; false at the end.</summary>
    public bool Next(out StoredProperty property)
    {
        if (_rest.IsEmpty)
        {
            property = default;
            return false;
        }

        var start = _rest;
        var type = (EdmType)_rest[0];
        _rest = _rest[1..];
        var name = Take(ReadLength());
        var value = Take(ReadLength());
        property = new StoredProperty(type, name, value, start[..(start.Length - _rest.Length)]);
        return true;
    }

    /// <summary>The property of that name, searched from here on.</summary>
    public bool Find(ReadOnlySpan<byte> name, out StoredProperty property)
    {
        while (Next(out property))
        {
            if (property.Name.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private int ReadLength()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _rest[0];
            _rest = _rest[1..];
            value |= (part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
