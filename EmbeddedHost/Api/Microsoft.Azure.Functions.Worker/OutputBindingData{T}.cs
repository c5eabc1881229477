namespace Microsoft.Azure.Functions.Worker;

/// <summary>An output of an invocation, as middleware sees it.</summary>
/// <typeparam name="T">The type that it is read and replaced as.</typeparam>
public abstract class OutputBindingData<T>
{
    /// <summary>What the function put out, or what middleware put in its place.</summary>
    public abstract T? Value { get; set; }

    /// <summary>The output's name: of the result's property, or <c>$return</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The output's kind, such as <c>http</c>.</summary>
    public abstract string BindingType { get; }
}
