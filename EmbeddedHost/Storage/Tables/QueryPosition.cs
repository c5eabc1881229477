using System.Text;
using Azure;

namespace EmbeddedHost.Storage.Tables;

/// <summary>Where a query goes on: the keys of its next entity. Travels as a continuation token.</summary>
internal sealed record QueryPosition(string PartitionKey, string RowKey)
{
    // No key holds a control character.
    private const char Separator = '\n';

    /// <summary>Reads a token; null or empty is the beginning.</summary>
    /// <exception cref="RequestFailedException">The token is none of ours.</exception>
    public static QueryPosition? Parse(string? token)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        try
        {
            var keys = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(Separator);
            return keys.Length == 2 ? new(keys[0], keys[1]) : throw Invalid(token);
        }
        catch (FormatException)
        {
            throw Invalid(token);
        }
    }

    /// <summary>The token.</summary>
    public string ToToken() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{PartitionKey}{Separator}{RowKey}"));

    private static RequestFailedException Invalid(string token) =>
        TableErrors.InvalidInput($"'{token}' is no continuation token of the embedded tables.");
}
