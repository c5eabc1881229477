using System.Text.RegularExpressions;

namespace EmbeddedHost.Tests.Compatibility.Reference;

/// <summary>Turns the lists' notation of types and parameters into C#.</summary>
internal static partial class CSharpText
{
    /// <summary>
    /// The lists cannot tell <c>params</c> from a plain array. These are the array parameters that take
    /// single arguments in the real packages, as 'type parameter'.
    /// </summary>
    private static readonly HashSet<string> ParamsArrays =
    [
        "Microsoft.Azure.Functions.Worker.HttpTriggerAttribute methods",
        "Microsoft.Azure.Functions.Worker.Extensions.Abstractions.BindingCapabilitiesAttribute capabilities",
        "Microsoft.DurableTask.Entities.TaskOrchestrationEntityFeature entityIds",
        "Microsoft.DurableTask.Client.StartOrchestrationOptionsExtensions dedupeStatuses",
    ];

    private static readonly HashSet<string> Numbers =
        ["System.Byte", "System.Int16", "System.Int32", "System.Int64", "System.Single", "System.Double"];

    /// <summary>A type, rooted so that <c>Azure.X</c> inside the namespace <c>Microsoft</c> is not <c>Microsoft.Azure.X</c>.</summary>
    public static string Type(string type) =>
        type == "System.Void" ? "void" : FullNameStart().Replace(type, "global::");

    public static string TypeParameters(IReadOnlyList<string> names) =>
        names.Count == 0 ? "" : $"<{string.Join(", ", names)}>";

    /// <summary>A parameter list of a type's member, with defaults or, for an explicit implementation, without.</summary>
    public static string Parameters(string owner, IEnumerable<ParameterShape> parameters, bool withDefaults = true) =>
        string.Join(", ", parameters.Select(parameter => Parameter(owner, parameter, withDefaults)));

    private static string Parameter(string owner, ParameterShape parameter, bool withDefaults)
    {
        var receiver = parameter.IsReceiver ? "this " : "";
        var array = parameter.Type.EndsWith(']') && ParamsArrays.Contains($"{owner} {parameter.Name}") ? "params " : "";
        // Every by-reference parameter of these packages is an 'out' one: Try methods and Deconstruct.
        var type = parameter.Type.EndsWith('&') ? $"out {Type(parameter.Type[..^1])}" : Type(parameter.Type);
        // Names such as 'object' are keywords; '@' is allowed before any name.
        var text = $"{receiver}{array}{type} @{parameter.Name}";
        return withDefaults && parameter.Default is { } value ? $"{text} = {Default(parameter.Type, value)}" : text;
    }

    private static string Default(string type, string value)
    {
        if (value == "null")
        {
            // The same to a caller, and also allowed for a type parameter.
            return "default";
        }

        // The lists print an enum default as its number.
        var isEnum = char.IsAsciiDigit(value[^1]) && value[0] != '"' && !Numbers.Contains(type);
        return isEnum ? $"({Type(type)})({value})" : value;
    }

    [GeneratedRegex(@"(?<![\w.])(?=[A-Za-z_]\w*\.)")]
    private static partial Regex FullNameStart();
}
