namespace DurableTask.Core;

/// <summary>Why something failed, as values.</summary>
public class FailureDetails : IEquatable<FailureDetails>
{
    /// <summary>The details of a failure without further facts.</summary>
    public FailureDetails(string errorType, string errorMessage, string? stackTrace, FailureDetails? innerFailure, bool isNonRetriable)
        : this(errorType, errorMessage, stackTrace, innerFailure, isNonRetriable, properties: null)
    {
    }

    /// <summary>The details of a failure.</summary>
    public FailureDetails(
        string errorType,
        string errorMessage,
        string? stackTrace,
        FailureDetails? innerFailure,
        bool isNonRetriable,
        IDictionary<string, object?>? properties = null)
    {
        ErrorType = errorType;
        ErrorMessage = errorMessage;
        StackTrace = stackTrace;
        InnerFailure = innerFailure;
        IsNonRetriable = isNonRetriable;
        Properties = properties;
    }

    /// <summary>The details of an exception and of those inside it.</summary>
    public FailureDetails(Exception e)
        : this(e, e.InnerException is { } inner ? new FailureDetails(inner) : null)
    {
    }

    /// <summary>The details of an exception, with those of the failure behind it.</summary>
    public FailureDetails(Exception e, FailureDetails? innerFailure)
        : this(e.GetType().ToString(), e.Message, e.StackTrace, innerFailure, isNonRetriable: false)
    {
    }

    /// <summary>The exception's full type name.</summary>
    public string ErrorType { get; }

    /// <summary>The exception's message.</summary>
    public string ErrorMessage { get; }

    /// <summary>The exception's stack trace, where there is one.</summary>
    public string? StackTrace { get; }

    /// <summary>The failure behind this one, where there is one.</summary>
    public FailureDetails? InnerFailure { get; }

    /// <summary>Whether another attempt is in vain.</summary>
    public bool IsNonRetriable { get; }

    /// <summary>Further facts, where there are any.</summary>
    public IDictionary<string, object?>? Properties { get; }

    /// <summary>Whether the failure is an exception of the given type or of one derived from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception
        => new Microsoft.DurableTask.TaskFailureDetails(ErrorType, ErrorMessage, StackTrace, null, null).IsCausedBy<T>();

    /// <inheritdoc/>
    public bool Equals(FailureDetails? other) => other is not null
        && (ErrorType, ErrorMessage, StackTrace) == (other.ErrorType, other.ErrorMessage, other.StackTrace)
        && Equals(InnerFailure, other.InnerFailure);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FailureDetails);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ErrorType, ErrorMessage, StackTrace);

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
