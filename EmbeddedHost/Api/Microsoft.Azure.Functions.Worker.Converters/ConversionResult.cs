using System.Runtime.InteropServices;

namespace Microsoft.Azure.Functions.Worker.Converters;

/// <summary>What a converter answers.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ConversionResult
{
    private ConversionResult(ConversionStatus status, object? value, Exception? error)
    {
        Status = status;
        Value = value;
        Error = error;
    }

    /// <summary>How the conversion ended.</summary>
    public ConversionStatus Status { get; }

    /// <summary>The value, where it succeeded.</summary>
    public object? Value { get; }

    /// <summary>Why it failed.</summary>
    public Exception? Error { get; }

    /// <summary>The converter does not know such values.</summary>
    public static ConversionResult Unhandled() => default;

    /// <summary>The conversion made a value.</summary>
    public static ConversionResult Success(object? value) => new(ConversionStatus.Succeeded, value, error: null);

    /// <summary>The value was wrong.</summary>
    public static ConversionResult Failed(Exception exception) => new(ConversionStatus.Failed, value: null, exception);
}
