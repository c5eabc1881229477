using System.Reflection;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Parameters of timer functions: what the trigger tells, which is JSON, as itself or as any type that it can be read as.</summary>
internal static class TimerArguments
{
    public static Argument? Bind(FunctionDescriptor function, ParameterInfo parameter) => function.IsTrigger(parameter)
        ? new AwaitedArgument(parameter.ParameterType, invocation => ReadAsync(function, parameter, invocation))
        : null;

    private static async ValueTask<object?> ReadAsync(FunctionDescriptor function, ParameterInfo parameter, InvocationContext invocation)
    {
        // The trigger's own converters go first, as in the worker.
        foreach (var attribute in function.Trigger.GetType().GetCustomAttributes<InputConverterAttribute>())
        {
            var converter = (IInputConverter)ActivatorUtilities.CreateInstance(invocation.InstanceServices, attribute.ConverterType);
            var result = await converter.ConvertAsync(new ParameterConversion(parameter, invocation));
            if (result.Status != ConversionStatus.Unhandled)
            {
                return result.Status == ConversionStatus.Succeeded
                    ? result.Value
                    : throw InputErrors.Of(function.FunctionName, parameter.Name!, result.Error, attribute.ConverterType);
            }
        }

        var json = (string)invocation.Trigger!;
        return parameter.ParameterType == typeof(string) ? json : await ReadJsonAsync(function, parameter, json, invocation);
    }

    private static async ValueTask<object?> ReadJsonAsync(
        FunctionDescriptor function, ParameterInfo parameter, string json, InvocationContext invocation)
    {
        try
        {
            await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
            return await invocation.Serializer.DeserializeAsync(stream, parameter.ParameterType, invocation.CancellationToken);
        }
        catch (JsonException e)
        {
            throw new FunctionInputConverterException(
                $"Function '{function.FunctionName}', parameter '{parameter.Name}': what a timer tells cannot be read as a "
                + $"'{parameter.ParameterType.Name}'; take a TimerInfo or a string. {e.Message}", e);
        }
    }
}
