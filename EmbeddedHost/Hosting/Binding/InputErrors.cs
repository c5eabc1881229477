using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Errors of a caller's input; an HTTP caller gets them as a 400.</summary>
internal static class InputErrors
{
    /// <summary>A parameter's converter failed, or did not know the value.</summary>
    public static FunctionInputConverterException Of(string function, string parameter, Exception? cause, Type converter) => cause is null
        ? new($"Function '{function}', parameter '{parameter}': '{converter.Name}' does not know such values.")
        : new($"Function '{function}', parameter '{parameter}': {cause.Message}", cause);

    /// <summary>A message, or what is known of it, is not what a parameter expects.</summary>
    public static FunctionInputConverterException Of(string function, ParameterInfo parameter, Exception? cause) => new(
        $"Function '{function}', parameter '{parameter.Name}': expected a value of type {parameter.ParameterType.Name}. "
        + (cause?.Message ?? "The worker has no converter for it."),
        cause);

    /// <summary>A route or query value is missing.</summary>
    public static FunctionInputConverterException Missing(string parameter, Type type) =>
        new($"Expected a value for '{parameter}' ({type.Name}) in the route or the query; there is none.");

    /// <summary>A route or query value is not what its parameter expects.</summary>
    public static FunctionInputConverterException Wrong(string parameter, Type type, string found) =>
        new($"Expected '{parameter}' to be a value of type {type.Name}, found '{found}'.");
}
