namespace EmbeddedHost.Storage.Tables;

/// <summary>
/// The service's limits, refused here as there, so that what fits the embedded tables fits Azure
/// (learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model).
/// </summary>
internal static class TableLimits
{
    /// <summary>A key's characters: 1 KiB of UTF-16.</summary>
    public const int KeyChars = 512;

    public const int PropertyNameChars = 255;

    /// <summary>Properties besides the three system ones.</summary>
    public const int Properties = 252;

    /// <summary>A string's (UTF-16) or a binary value's bytes.</summary>
    public const int ValueBytes = 64 * 1024;

    public const int EntityBytes = 1024 * 1024;

    public const int TransactionActions = 100;

    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>Comparisons in a filter.</summary>
    public const int FilterComparisons = 15;

    /// <summary>Rows of a page, however many the caller asks for.</summary>
    public const int PageRows = 1000;

    /// <summary>Rows that are looked at for a page, however few of them match.</summary>
    public const int RowsExamined = 1000;

    /// <summary>The earliest time the service can store.</summary>
    public static readonly DateTime MinTime = new(1601, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static void CheckKey(string name, string value)
    {
        if (value.Length > KeyChars)
        {
            throw TableErrors.KeyValueTooLarge(name, value.Length);
        }

        foreach (var c in value)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw TableErrors.KeyCharacter(name, c);
            }
        }
    }

    public static void CheckPropertyName(string name)
    {
        if (name.Length > PropertyNameChars)
        {
            throw TableErrors.PropertyNameTooLong(name);
        }

        if (name.Length == 0 || !IsIdentifierStart(name[0]))
        {
            throw TableErrors.PropertyNameInvalid(name);
        }

        foreach (var c in name)
        {
            if (!IsIdentifierStart(c) && !char.IsLetterOrDigit(c))
            {
                throw TableErrors.PropertyNameInvalid(name);
            }
        }
    }

    public static void CheckTableName(string name)
    {
        if (name.Length is < 3 or > 63)
        {
            throw TableErrors.TableNameLength(name);
        }

        var valid = char.IsAsciiLetter(name[0]) && !string.Equals(name, "tables", StringComparison.OrdinalIgnoreCase);
        foreach (var c in name)
        {
            valid &= char.IsAsciiLetterOrDigit(c);
        }

        if (!valid)
        {
            throw TableErrors.TableNameInvalid(name);
        }
    }

    private static bool IsIdentifierStart(char c) => c == '_' || char.IsLetter(c);
}
