using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Discovery;

/// <summary>Finds the functions of an app, once, and says everything that is wrong with them at once.</summary>
internal static partial class FunctionScanner
{
    private const BindingFlags AllMethods =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // An app's types stay as they are, and tests start many hosts in one process.
    private static readonly ConcurrentDictionary<Type, Found> Known = new();

    /// <summary>The functions that the types declare, by name.</summary>
    /// <param name="types">The types.</param>
    /// <param name="replacements">Types whose functions stand for those of the same names.</param>
    /// <exception cref="HostStartupException">A method marked as a function cannot be one, or two share a name.</exception>
    public static IReadOnlyList<FunctionDescriptor> Scan(IEnumerable<Type> types, IEnumerable<Type>? replacements = null)
    {
        var errors = new List<string>();
        var functions = Find(types, errors);
        var replacing = Find(replacements ?? [], errors);
        _ = functions.RemoveAll(function => replacing.Exists(other => string.Equals(other.FunctionName, function.FunctionName, StringComparison.OrdinalIgnoreCase)));
        functions.AddRange(replacing);
        errors.AddRange(Duplicates(functions));
        FunctionErrors.ThrowIfAny(errors);
        return [.. functions.OrderBy(function => function.FunctionName, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Refuses functions that share a name, methods or not.</summary>
    /// <exception cref="HostStartupException">Some do.</exception>
    public static void RefuseDuplicates(IReadOnlyCollection<FunctionDescriptor> functions) => FunctionErrors.ThrowIfAny([.. Duplicates(functions)]);

    private static List<FunctionDescriptor> Find(IEnumerable<Type> types, List<string> errors)
    {
        var functions = new List<FunctionDescriptor>();
        foreach (var found in types.Select(static type => Known.GetOrAdd(type, Find)))
        {
            functions.AddRange(found.Functions);
            errors.AddRange(found.Errors);
        }

        return functions;
    }

    private static Found Find(Type type)
    {
        var functions = new List<FunctionDescriptor>();
        var errors = new List<string>();
        foreach (var method in type.GetMethods(AllMethods))
        {
            if (method.GetCustomAttribute<FunctionAttribute>(inherit: false) is { } attribute)
            {
                if (Describe(attribute.Name, method, out var error) is { } function)
                {
                    functions.Add(function);
                }
                else
                {
                    errors.Add($"Function '{attribute.Name}' ({method.DeclaringType!.FullName}.{method.Name}): {error}");
                }
            }
        }

        return new Found(functions, errors);
    }

    private static FunctionDescriptor? Describe(string name, MethodInfo method, out string? error)
    {
        error = ShapeError(name, method);
        if (error is not null)
        {
            return null;
        }

        var triggers = method.GetParameters()
            .Select(parameter => (Parameter: parameter, Trigger: parameter.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(pair => pair.Trigger is not null)
            .ToArray();
        if (triggers is not [var (parameter, trigger)])
        {
            error = triggers.Length == 0
                ? "no parameter has a trigger; mark one with [HttpTrigger], [OrchestrationTrigger], [ActivityTrigger], [EntityTrigger], [TimerTrigger] or [QueueTrigger]."
                : $"parameters {string.Join(", ", triggers.Select(pair => $"'{pair.Parameter.Name}'"))} each have a trigger; keep one.";
            return null;
        }

        return new FunctionDescriptor(name, method, parameter, trigger!);
    }

    private static string? ShapeError(string name, MethodInfo method)
    {
        var type = method.DeclaringType!;
        return (method, type) switch
        {
            _ when !NamePattern().IsMatch(name) =>
                "the name should begin with a letter and hold letters, digits, '-' and '_' only.",
            ({ IsPublic: false }, _) => "the method should be public.",
            ({ ContainsGenericParameters: true }, _) => "a function cannot be generic; give it concrete types.",
            ({ IsStatic: false }, { IsAbstract: true }) => $"the class '{type.Name}' is abstract; make it concrete or the method static.",
            ({ IsStatic: false }, _) when type.GetConstructors().Length == 0 =>
                $"the class '{type.Name}' has no public constructor; give it one or make the method static.",
            _ when method.ReturnType == typeof(void) && IsAsync(method) =>
                "the method is 'async void', whose end nobody can wait for; return a Task.",
            _ => null,
        };
    }

    private static bool IsAsync(MethodInfo method) =>
        method.IsDefined(typeof(System.Runtime.CompilerServices.AsyncStateMachineAttribute), inherit: false);

    private static IEnumerable<string> Duplicates(IEnumerable<FunctionDescriptor> functions) => functions
        .GroupBy(function => function.FunctionName, StringComparer.OrdinalIgnoreCase)
        .Concat(functions.GroupBy(function => function.Kind == TriggerKind.Http ? function.FunctionName : function.Name, StringComparer.OrdinalIgnoreCase))
        .Where(group => group.Count() > 1)
        .DistinctBy(group => group.Key, StringComparer.OrdinalIgnoreCase)
        .Select(group =>
            $"Function '{group.Key}' is declared {group.Count()} times: {string.Join(", ", group.Select(function => function.EntryPoint))}. " +
            "Give each its own name.");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();

    /// <summary>The functions of one type, and what is wrong with those that cannot be functions.</summary>
    private sealed record Found(IReadOnlyList<FunctionDescriptor> Functions, IReadOnlyList<string> Errors);
}
