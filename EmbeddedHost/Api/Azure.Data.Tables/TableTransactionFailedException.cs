using System.Runtime.Serialization;

namespace Azure.Data.Tables;

/// <summary>A transaction was refused, and nothing of it was written.</summary>
public class TableTransactionFailedException : RequestFailedException, ISerializable
{
    /// <summary>Takes over the refusal, whose message begins with the number of the refused action and a colon.</summary>
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException) =>
        FailedTransactionActionIndex = LeadingIndex(requestFailedException.Message);

    /// <summary>Which action was refused, from 0; null where the refusal does not say.</summary>
    public int? FailedTransactionActionIndex { get; }

    private static int? LeadingIndex(string message)
    {
        var colon = message.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && int.TryParse(message.AsSpan(0, colon), out var index) ? index : null;
    }
}
