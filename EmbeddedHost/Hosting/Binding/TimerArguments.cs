using System.Reflection;
using System.Text;
using System.Text.Json;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Parameters of timer functions: what the trigger tells, which is JSON, as itself or as any type that it can be read as.</summary>
internal static class TimerArguments
{
    public static Argument? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (!function.IsTrigger(parameter))
        {
            return null;
        }

        var own = ParameterConversion.ConvertersOf(function.Trigger);
        return new AwaitedArgument(parameter.ParameterType, invocation => ReadAsync(function, parameter, own, invocation));
    }

    private static async ValueTask<object?> ReadAsync(FunctionDescriptor function, ParameterInfo parameter, Type[] own, InvocationContext invocation)
    {
        var json = (string)invocation.Trigger!;
        // The trigger's own converters go first, as in the worker.
        if (await ParameterConversion.AskAsync(parameter, invocation, json, own) is { } result)
        {
            return result.Status == ConversionStatus.Succeeded ? result.Value : throw InputErrors.Of(function.FunctionName, parameter, result.Error);
        }

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
