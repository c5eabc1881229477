namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>Makes a parameter's value out of what the trigger brought.</summary>
public interface IInputConverter
{
    /// <summary>Converts, or says that it does not know such values.</summary>
    ValueTask<ConversionResult> ConvertAsync(ConverterContext context);
}
