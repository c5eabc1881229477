using System.Text;

namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// An entity's size as the service counts it: 4 bytes and the keys in UTF-16; for each property 8 bytes, its name
/// in UTF-16 and its value, strings in UTF-16 with 4 more bytes, binary values with 4 more.
/// </summary>
internal static class EntitySize
{
    public static long Keys(string partitionKey, string rowKey) => 4 + (2L * (partitionKey.Length + rowKey.Length));

    public static long Property(int nameChars, EdmType type, long valueBytes) =>
        8 + (2L * nameChars) + valueBytes + (type is EdmType.String or EdmType.Binary ? 4 : 0);

    public static long Property(in StoredProperty property) => Property(
        Encoding.UTF8.GetCharCount(property.Name),
        property.Type,
        property.Type == EdmType.String ? 2L * Encoding.UTF8.GetCharCount(property.Value) : property.Value.Length);

    public static void Check(int properties, long bytes)
    {
        if (properties > TableLimits.Properties)
        {
            throw TableErrors.TooManyProperties(properties);
        }

        if (bytes > TableLimits.EntityBytes)
        {
            throw TableErrors.EntityTooLarge(bytes);
        }
    }
}
