namespace Microsoft.Azure.Functions.Worker;

/// <summary>A value could not be converted to what a parameter of the function expects.</summary>
public class FunctionInputConverterException : FunctionWorkerException
{
    /// <summary>With what was expected and what was found.</summary>
    public FunctionInputConverterException(string message)
        : base(message)
    {
    }

    /// <summary>With what was expected and what was found, and the cause.</summary>
    public FunctionInputConverterException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
