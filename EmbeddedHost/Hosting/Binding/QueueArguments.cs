using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker.Converters;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>
/// Parameters of queue functions: the message, and what is known of it by name. The worker's own converters make them, those of
/// the queues' extension first.
/// </summary>
internal static class QueueArguments
{
    public static Argument? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (function.IsTrigger(parameter))
        {
            Type[] own = [.. function.Trigger.GetType().GetCustomAttributes<InputConverterAttribute>().Select(static attribute => attribute.ConverterType)];
            Type[] asked = (parameter.GetCustomAttribute<InputConverterAttribute>() ?? parameter.ParameterType.GetCustomAttribute<InputConverterAttribute>()) is { } attribute
                ? [attribute.ConverterType]
                : [];
            return Converted(parameter, async (message, invocation) =>
                await ConvertAsync(parameter, invocation, message, own)
                ?? await ConvertAsync(parameter, invocation, IsBytes(parameter) ? message.Body.ToMemory() : message.Text, [.. asked, .. invocation.Converters]));
        }

        return QueueTriggerMessage.Names.Contains(parameter.Name!)
            ? Converted(parameter, (message, invocation) => ConvertAsync(parameter, invocation, message.Values[parameter.Name!]!, invocation.Converters))
            : null;
    }

    private static AwaitedArgument Converted(
        ParameterInfo parameter, Func<QueueTriggerMessage, InvocationContext, ValueTask<ConversionResult?>> convert) =>
        new(parameter.ParameterType, async invocation =>
        {
            var result = await convert((QueueTriggerMessage)invocation.Trigger!, invocation);
            return result is { Status: ConversionStatus.Succeeded } found
                ? found.Value
                : throw InputErrors.Of(invocation.Function.Descriptor.FunctionName, parameter, result?.Error);
        });

    /// <summary>What the first of the converters makes of it that knows such values; null: none does.</summary>
    private static async ValueTask<ConversionResult?> ConvertAsync(
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

    private static bool IsBytes(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(byte[]) || parameter.ParameterType == typeof(ReadOnlyMemory<byte>);
}
