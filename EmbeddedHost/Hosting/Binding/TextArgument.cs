using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Invocation;
using Reading;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>A parameter of a simple type that a route or query value of its name fills.</summary>
internal sealed class TextArgument
{
    private readonly ParameterInfo _parameter;
    private readonly Func<string, object?> _parse;
    private readonly bool _optional;
    private readonly object? _default;

    private TextArgument(ParameterInfo parameter, Func<string, object?> parse)
    {
        _parameter = parameter;
        _parse = parse;
        var nullability = new NullabilityInfoContext().Create(parameter);
        _optional = parameter.HasDefaultValue || nullability.WriteState != NullabilityState.NotNull;
        _default = parameter.HasDefaultValue ? parameter.DefaultValue ?? Zero(parameter.ParameterType) : null;
    }

    /// <summary>The argument of a parameter; null where its type is not a simple one.</summary>
    public static TextArgument? For(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (type == typeof(string))
        {
            return new TextArgument(parameter, text => text);
        }

        if (type.IsEnum)
        {
            return new TextArgument(parameter, text => Names.TryValue(type, text, out var value) ? value : null);
        }

        return type.IsValueType && Array.Exists(type.GetInterfaces(), IsParsable)
            ? new TextArgument(parameter, Parser(type))
            : null;
    }

    /// <summary>The value for an invocation.</summary>
    /// <exception cref="Microsoft.Azure.Functions.Worker.FunctionInputConverterException">It is missing, or not of the type.</exception>
    public object? Read(InvocationContext invocation)
    {
        if (!invocation.BindingContext.BindingData.TryGetValue(_parameter.Name!, out var value) || value is not string text)
        {
            return _optional ? _default : throw InputErrors.Missing(_parameter.Name!, _parameter.ParameterType);
        }

        return _parse(text) ?? throw InputErrors.Wrong(_parameter.Name!, _parameter.ParameterType, text);
    }

    // Reflection gives null for 'default' of a struct.
    private static object? Zero(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null ? RuntimeHelpers.GetUninitializedObject(type) : null;

    private static bool IsParsable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IParsable<>);

    private static Func<string, object?> Parser(Type type) => typeof(TextArgument)
        .GetMethod(nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(type)
        .CreateDelegate<Func<string, object?>>();

    private static object? Parse<T>(string text)
        where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}
