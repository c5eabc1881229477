namespace Microsoft.Azure.Functions.Worker;

/// <summary>The host could not do its part of an invocation.</summary>
public class FunctionWorkerException : Exception
{
    /// <summary>With what went wrong.</summary>
    public FunctionWorkerException(string message)
        : base(message)
    {
    }

    /// <summary>With what went wrong, and its cause.</summary>
    public FunctionWorkerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
