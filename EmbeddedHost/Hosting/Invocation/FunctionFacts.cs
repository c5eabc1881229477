using System.Collections.Immutable;
using EmbeddedHost.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>A function as its invocations see it.</summary>
internal sealed class FunctionFacts(FunctionDescriptor function) : FunctionDefinition
{
    public override string Id => function.FunctionName;

    public override string Name => function.FunctionName;

    public override string EntryPoint { get; } = function.EntryPoint;

    public override string PathToAssembly => function.Method.DeclaringType!.Assembly.Location;

    public override ImmutableArray<FunctionParameter> Parameters { get; } =
    [
        .. function.Method.GetParameters().Select(parameter => parameter.HasDefaultValue
            ? new FunctionParameter(parameter.Name!, parameter.ParameterType, hasDefaultValue: true, parameter.DefaultValue)
            : new FunctionParameter(parameter.Name!, parameter.ParameterType)),
    ];

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty.Add(
            function.TriggerParameter.Name!, new TriggerFacts(function.TriggerParameter.Name!, function.BindingType));

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings => ImmutableDictionary<string, BindingMetadata>.Empty;
}

/// <summary>A function's trigger as its invocations see it.</summary>
internal sealed class TriggerFacts(string name, string type) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => BindingDirection.In;
}
