using System.Linq.Expressions;
using System.Reflection;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>Parameters of HTTP functions: the request, its body, and values of the route and the query.</summary>
internal static class HttpArguments
{
    private static readonly FromBodyConverter Body = new();

    public static Argument? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(HttpRequestData))
        {
            return ReadyArgument.Property(nameof(InvocationContext.Request));
        }

        if (parameter.ParameterType == typeof(HttpRequest))
        {
            return new ReadyArgument(static invocation =>
                Expression.Property(Expression.Property(invocation, nameof(InvocationContext.Http)), nameof(HttpContext.Request)));
        }

        if (function.IsTrigger(parameter))
        {
            return Converted(parameter, typeof(FromBodyConverter));
        }

        if (parameter.GetCustomAttribute<InputConverterAttribute>() is { } attribute)
        {
            return Converted(parameter, attribute is FromBodyAttribute ? typeof(FromBodyConverter) : attribute.ConverterType);
        }

        return TextArgument.For(parameter) is { } text
            ? new ReadyArgument(invocation => Expression.Convert(
                Expression.Call(Expression.Constant(text), nameof(TextArgument.Read), typeArguments: null, invocation), parameter.ParameterType))
            : null;
    }

    private static AwaitedArgument Converted(ParameterInfo parameter, Type converterType) => new(parameter.ParameterType, async invocation =>
    {
        var converter = converterType == typeof(FromBodyConverter)
            ? Body
            : (IInputConverter)ActivatorUtilities.CreateInstance(invocation.InstanceServices, converterType);
        var result = await converter.ConvertAsync(new ParameterConversion(parameter, invocation));
        return result.Status == ConversionStatus.Succeeded
            ? result.Value
            : throw InputErrors.Of(invocation.Function.Descriptor.FunctionName, parameter.Name!, result.Error, converterType);
    });
}
