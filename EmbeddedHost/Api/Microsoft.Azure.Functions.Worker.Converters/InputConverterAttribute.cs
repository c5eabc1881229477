namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Names the converter that makes a parameter's value.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Class | AttributeTargets.Interface | AttributeTargets.Enum | AttributeTargets.Struct)]
public class InputConverterAttribute : Attribute
{
    /// <summary>With the converter's type.</summary>
    /// <exception cref="InvalidOperationException">The type is no <see cref="IInputConverter"/>.</exception>
    public InputConverterAttribute(Type converterType)
    {
        ArgumentNullException.ThrowIfNull(converterType);
        if (!converterType.IsAssignableTo(typeof(IInputConverter)))
        {
            throw new InvalidOperationException(
                $"An input converter must implement {nameof(IInputConverter)}; '{converterType}' does not.");
        }

        ConverterType = converterType;
    }

    /// <summary>The converter's type.</summary>
    public Type ConverterType { get; }
}
