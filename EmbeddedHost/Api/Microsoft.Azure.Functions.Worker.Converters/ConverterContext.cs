namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>What a converter is asked for.</summary>
public abstract class ConverterContext
{
    /// <summary>The type to make.</summary>
    public abstract Type TargetType { get; }

    /// <summary>What to make it from.</summary>
    public abstract object? Source { get; }

    /// <summary>The invocation.</summary>
    public abstract FunctionContext FunctionContext { get; }

    /// <summary>What is known of the parameter.</summary>
    public abstract IReadOnlyDictionary<string, object> Properties { get; }
}
