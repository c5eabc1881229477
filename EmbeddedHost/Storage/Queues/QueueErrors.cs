using Azure;
using Azure.Storage.Queues.Models;

namespace EmbeddedHost.Storage.Queues;

/// <summary>A refusal of the queues: the service's status and error code, and words that say what to change.</summary>
internal sealed class QueueRefusal(int status, QueueErrorCode code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code.ToString();
}

/// <summary>The service's refusals.</summary>
internal static class QueueErrors
{
    public static QueueRefusal QueueNotFound(string queue) =>
        new(404, QueueErrorCode.QueueNotFound, $"The queue '{queue}' does not exist. Create it before it is used.");

    public static QueueRefusal QueueAlreadyExists(string queue) =>
        new(409, QueueErrorCode.QueueAlreadyExists, $"The queue '{queue}' exists already, with other metadata.");

    public static QueueRefusal NameLength(string queue) =>
        new(400, QueueErrorCode.OutOfRangeInput, $"The queue name '{queue}' has {queue.Length} characters; {QueueLimits.NameRule}.");

    public static QueueRefusal NameInvalid(string queue) =>
        new(400, QueueErrorCode.InvalidResourceName, $"'{queue}' is no queue name: {QueueLimits.NameRule}.");

    public static QueueRefusal MessageNotFound(string id) =>
        new(404, QueueErrorCode.MessageNotFound, $"The queue has no message '{id}' (any more).");

    public static QueueRefusal PopReceiptMismatch(string id) =>
        new(400, QueueErrorCode.PopReceiptMismatch, $"The message '{id}' has another pop receipt: it was received or updated since.");

    public static QueueRefusal MessageTooLarge(long bytes) => new(
        413, QueueErrorCode.RequestBodyTooLarge,
        $"The message has {bytes} bytes as it is sent; at most {QueueLimits.MessageBytes} (64 KiB) are allowed, of which Base64 takes a quarter.");

    public static QueueRefusal OutOfRange(string parameter, string value, string expected) =>
        new(400, QueueErrorCode.OutOfRangeQueryParameterValue, $"'{parameter}' should be {expected}, found {value}.");

    public static QueueRefusal InvalidValue(string parameter, string value, string expected) =>
        new(400, QueueErrorCode.InvalidQueryParameterValue, $"'{parameter}' should be {expected}, found {value}.");

    public static QueueRefusal InvalidXml(string reason) =>
        new(400, QueueErrorCode.InvalidXmlDocument, $"The message is not the XML that is expected: {reason}");

    /// <summary>What only an account has.</summary>
    public static NotSupportedException NotServed(string operation) => new(
        $"The embedded queues do not serve {operation}: only the service and its emulator do.");

    public static RequestFailedException Storage(Exception error) =>
        new(500, $"The embedded queues could not commit: {error.Message}", QueueErrorCode.InternalError.ToString(), error);
}
