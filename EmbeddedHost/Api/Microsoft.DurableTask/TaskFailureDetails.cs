using System.Reflection;

namespace Microsoft.DurableTask;

/// <summary>Why a task failed, as text that survives the journal.</summary>
/// <param name="ErrorType">The exception's full type name, without its assembly.</param>
/// <param name="ErrorMessage">The exception's message.</param>
/// <param name="StackTrace">The exception's stack trace, where there is one.</param>
/// <param name="InnerFailure">The failure behind this one, where there is one.</param>
/// <param name="Properties">Further facts about the failure, where there are any.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>The details of an exception and of those inside it.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        // A failed task's exception carries its cause as details, not as an inner exception, once it came from the journal.
        var inner = exception is TaskFailedException failed ? failed.FailureDetails
            : exception.InnerException is { } innerException ? FromException(innerException)
            : null;
        return new TaskFailureDetails(
            exception.GetType().ToString(), MessageOf(exception), exception.StackTrace, inner, Properties: null);
    }

    /// <summary>Whether the failure is an exception of the given type or of one derived from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception
        => IsCausedBy(typeof(T));

    /// <summary>Whether the failure is an exception of the given type or of one derived from it.</summary>
    /// <exception cref="ArgumentException">The type is not an exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!targetBaseExceptionType.IsAssignableTo(typeof(Exception)))
        {
            throw new ArgumentException(
                $"Expected an exception type, found '{targetBaseExceptionType}'.", nameof(targetBaseExceptionType));
        }

        return string.Equals(ErrorType, targetBaseExceptionType.ToString(), StringComparison.Ordinal)
            || (!string.IsNullOrEmpty(ErrorType)
                && Array.Exists(AppDomain.CurrentDomain.GetAssemblies(), assembly => Declares(assembly, targetBaseExceptionType)));
    }

    /// <summary>The error's type and message.</summary>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";

    // What makes the message is the app's code: that too may fail, and must not take whoever reports the failure with it.
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e)
        {
            return $"The exception cannot tell its message: {e.GetType()}.";
        }
    }

    private bool Declares(Assembly assembly, Type baseType)
        => assembly.GetType(ErrorType, throwOnError: false)?.IsAssignableTo(baseType) == true;
}
