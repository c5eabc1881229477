using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Data.Tables.Models;

namespace EmbeddedHost.Storage.Tables;

/// <summary>The service's refusals: its status and error code, and words that say what to change.</summary>
internal static class TableErrors
{
    public static RequestFailedException TableNotFound(string table) =>
        Failed(404, TableErrorCode.TableNotFound, $"The table '{table}' does not exist. Create it before it is used.");

    public static RequestFailedException TableAlreadyExists(string table) =>
        Failed(409, TableErrorCode.TableAlreadyExists, $"The table '{table}' exists already.");

    public static RequestFailedException TableNameLength(string table) =>
        Failed(400, TableErrorCode.OutOfRangeInput, $"The table name '{table}' has {table.Length} characters; 3 to 63 are allowed.");

    public static RequestFailedException TableNameInvalid(string table) =>
        Failed(400, "InvalidResourceName", $"'{table}' is no table name: ASCII letters and digits, a letter first, and not 'tables'.");

    public static RequestFailedException EntityMissing(string partitionKey, string rowKey) =>
        Failed(404, TableErrorCode.ResourceNotFound, $"There is no entity ('{partitionKey}', '{rowKey}').");

    public static RequestFailedException EntityAlreadyExists(string partitionKey, string rowKey) =>
        Failed(409, TableErrorCode.EntityAlreadyExists, $"The entity ('{partitionKey}', '{rowKey}') exists already.");

    public static RequestFailedException ConditionNotSatisfied(string partitionKey, string rowKey) =>
        Failed(412, TableErrorCode.UpdateConditionNotSatisfied, $"The entity ('{partitionKey}', '{rowKey}') has another ETag than the condition asks for: read it again.");

    public static RequestFailedException ETagInvalid(string etag) =>
        Failed(400, TableErrorCode.InvalidInput, $"'{etag}' is no ETag of a table entity, nor '*'.");

    public static RequestFailedException KeyValueTooLarge(string name, int length) =>
        Failed(400, TableErrorCode.KeyValueTooLarge, $"The {name} has {length} characters; at most {TableLimits.KeyChars} (1 KiB) are allowed.");

    public static RequestFailedException KeyCharacter(string name, char c) =>
        Failed(400, TableErrorCode.OutOfRangeInput, $"The {name} holds the character U+{(int)c:X4}; a key holds no '/', '\\', '#', '?' or control character.");

    public static RequestFailedException PropertyNameInvalid(string name) =>
        Failed(400, TableErrorCode.PropertyNameInvalid, $"'{name}' is no property name: letters, digits and '_', no digit first.");

    public static RequestFailedException PropertyNameTooLong(string name) =>
        Failed(400, TableErrorCode.PropertyNameTooLong, $"The property name '{name[..32]}…' has {name.Length} characters; at most {TableLimits.PropertyNameChars} are allowed.");

    public static RequestFailedException PropertyValueTooLarge(string name, long bytes) =>
        Failed(400, TableErrorCode.PropertyValueTooLarge, $"The value of '{name}' has {bytes} bytes; at most {TableLimits.ValueBytes} are allowed (a string's character has two).");

    public static RequestFailedException TimeOutOfRange(string name, DateTime value) =>
        Failed(400, TableErrorCode.OutOfRangeInput, $"The value of '{name}' is {value:O}; the earliest time allowed is {TableLimits.MinTime:O}.");

    public static RequestFailedException TooManyProperties(int count) =>
        Failed(400, TableErrorCode.TooManyProperties, $"The entity would have {count} properties; at most {TableLimits.Properties} are allowed.");

    public static RequestFailedException EntityTooLarge(long bytes) =>
        Failed(400, TableErrorCode.EntityTooLarge, $"The entity would have {bytes} bytes; at most {TableLimits.EntityBytes} (1 MiB) are allowed.");

    public static RequestFailedException TooManyActions(int count) =>
        Failed(400, TableErrorCode.InvalidInput, $"The transaction has {count} actions; at most {TableLimits.TransactionActions} are allowed.");

    public static RequestFailedException TransactionTooLarge(long bytes) =>
        Failed(413, "RequestBodyTooLarge", $"The transaction has {bytes} bytes; at most {TableLimits.TransactionBytes} (4 MiB) are allowed.");

    public static RequestFailedException DifferentPartition(string expected, string found) =>
        Failed(400, TableErrorCode.CommandsInBatchActOnDifferentPartitions, $"The transaction began in partition '{expected}'; this action is in '{found}'.");

    public static RequestFailedException DuplicateRow(string rowKey) =>
        Failed(400, TableErrorCode.InvalidDuplicateRow, $"The row '{rowKey}' occurs in an earlier action of the transaction.");

    public static RequestFailedException InvalidInput(string message) =>
        Failed(400, TableErrorCode.InvalidInput, message);

    public static NotSupportedException NoSignatures() => new(
        "The embedded tables have no keys: there are no access signatures and no access policies. Only the service and its emulator have them.");

    public static NotSupportedException NoAccountSettings() => new(
        "The embedded tables have no account: its properties and statistics can be asked of the service and its emulator only.");

    public static RequestFailedException Storage(Exception error) =>
        new(500, $"The embedded tables could not commit: {error.Message}", "InternalError", error);

    private static RequestFailedException Failed(int status, TableErrorCode code, string message) =>
        new(new TableResponse(status), innerException: null, new Details(code.ToString(), message));

    /// <summary>Hands the code and the words to the exception, which would else look for them in a body.</summary>
    private sealed class Details(string code, string message) : RequestFailedDetailsParser
    {
        public override bool TryParse(
            Response response, [NotNullWhen(true)] out ResponseError? error, [NotNullWhen(true)] out IDictionary<string, string>? data)
        {
            error = new ResponseError(code, message);
            data = new Dictionary<string, string>(StringComparer.Ordinal);
            return true;
        }
    }
}
