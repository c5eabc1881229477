using System.Collections.ObjectModel;
using System.Reflection;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>A parameter that a converter fills, from what triggered the function or from something else.</summary>
internal sealed class ParameterConversion(ParameterInfo parameter, InvocationContext invocation, object? source = null) : ConverterContext
{
    public override Type TargetType => parameter.ParameterType;

    public override object? Source => source ?? invocation.Trigger;

    public override FunctionContext FunctionContext => invocation;

    public override IReadOnlyDictionary<string, object> Properties => ReadOnlyDictionary<string, object>.Empty;
}
