namespace EmbeddedHost.Storage.Tables;

/// <summary>The types a property can have. The numbers are stored.</summary>
internal enum EdmType : byte
{
    None = 0,
    String = 1,
    Boolean = 2,
    Int32 = 3,
    Int64 = 4,
    Double = 5,
    DateTime = 6,
    Guid = 7,
    Binary = 8,
}
