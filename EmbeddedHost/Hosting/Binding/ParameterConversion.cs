using System.Collections.ObjectModel;
using System.Reflection;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>A parameter that a converter fills, from what triggered the function or from something else.</summary>
internal sealed class ParameterConversion(ParameterInfo parameter, InvocationContext invocation, object? source = null) : ConverterContext
{
    public override Type TargetType => parameter.ParameterType;

    public override object? Source => source ?? invocation.Trigger;

    public override FunctionContext FunctionContext => invocation;

    public override IReadOnlyDictionary<string, object> Properties => ReadOnlyDictionary<string, object>.Empty;

    /// <summary>The converters that a trigger's attribute names.</summary>
    public static Type[] ConvertersOf(TriggerBindingAttribute trigger) =>
        [.. trigger.GetType().GetCustomAttributes<InputConverterAttribute>().Select(static named => named.ConverterType)];

    /// <summary>What the first of the converters makes of something that knows such values; null: none does.</summary>
    public static async ValueTask<ConversionResult?> AskAsync(
        ParameterInfo parameter, InvocationContext invocation, object source, IEnumerable<Type> converters)
    {
        foreach (var converter in converters)
        {
            var result = await invocation.ConverterOf(converter).ConvertAsync(new ParameterConversion(parameter, invocation, source));
            if (result.Status != ConversionStatus.Unhandled)
            {
                return result;
            }
        }

        return null;
    }
}
