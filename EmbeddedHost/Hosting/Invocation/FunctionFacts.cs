using System.Collections.Immutable;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Http;
using EmbeddedHost.Queues;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Invocation;

/// <summary>A function as its invocations see it.</summary>
internal sealed class FunctionFacts(FunctionDescriptor function, HttpOutput output, IReadOnlyList<QueueOutput> queues) : FunctionDefinition
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
        All([new BindingFacts(function.TriggerParameter.Name!, function.BindingType, BindingDirection.In)]);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = All(
    [
        .. function.Kind == TriggerKind.Http && output.Exists ? (BindingFacts[])[new BindingFacts(output.Name, "http", BindingDirection.Out)] : [],
        .. queues.Select(static queue => new BindingFacts(queue.Name, "queue", BindingDirection.Out)),
    ]);

    private static ImmutableDictionary<string, BindingMetadata> All(IEnumerable<BindingFacts> bindings) =>
        bindings.ToImmutableDictionary(static binding => binding.Name, static BindingMetadata (binding) => binding);
}

/// <summary>A function's trigger or output as its invocations see it.</summary>
internal sealed class BindingFacts(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}
