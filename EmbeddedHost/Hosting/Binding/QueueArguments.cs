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
            var own = ParameterConversion.ConvertersOf(function.Trigger);
            Type[] asked = (parameter.GetCustomAttribute<InputConverterAttribute>() ?? parameter.ParameterType.GetCustomAttribute<InputConverterAttribute>()) is { } attribute
                ? [attribute.ConverterType]
                : [];
            return Converted(parameter, async (message, invocation) =>
                await ParameterConversion.AskAsync(parameter, invocation, message, own)
                ?? await ParameterConversion.AskAsync(parameter, invocation, IsBytes(parameter) ? message.Body.ToMemory() : message.Text, [.. asked, .. invocation.Converters]));
        }

        return QueueTriggerMessage.Names.Contains(parameter.Name!)
            ? Converted(parameter, (message, invocation) => ParameterConversion.AskAsync(parameter, invocation, message.Values[parameter.Name!]!, invocation.Converters))
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

    private static bool IsBytes(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(byte[]) || parameter.ParameterType == typeof(ReadOnlyMemory<byte>);
}
