using System.Reflection;
using System.Runtime.CompilerServices;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace EmbeddedHost.Hosting.Binding;

/// <summary>
/// What of an app this host does not serve. A function that nothing starts is left out, and so is a queue function that has an
/// unserved input or output. Any other one that has is refused at each call, before any of it runs: its caller learns why, and no
/// output is lost unseen.
/// </summary>
internal sealed class UnservedBindings
{
    // Found once a function: a test process starts an app many times.
    private static readonly ConditionalWeakTable<FunctionDescriptor, IReadOnlyList<string>> Known = [];

    private UnservedBindings(IReadOnlyList<string> lines) => Lines = lines;

    /// <summary>A line for each function that is not served as it is: its name, what becomes of it, and why.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>What an app's functions have.</summary>
    public static UnservedBindings Of(IEnumerable<FunctionDescriptor> functions) => new(
    [
        .. from function in functions
           let bindings = Of(function)
           where bindings.Count > 0
           let fate = function.Kind switch
           {
               TriggerKind.Unserved => "left out, nothing starts it here",
               TriggerKind.Queue => "left out, its messages stay in the queue",
               _ => "each call is refused",
           }
           select $"{function.FunctionName}: {fate}; not served: {string.Join(", ", bindings)}",
    ]);

    /// <summary>What a function has, as its code has it: <c>[BlobInput] picture</c>.</summary>
    public static IReadOnlyList<string> Of(FunctionDescriptor function) => Known.GetValue(function, Find);

    /// <exception cref="HostStartupException">There is something, and the options want none.</exception>
    public void Check(bool strict)
    {
        if (strict && Lines.Count > 0)
        {
            throw new HostStartupException(
                "The app has functions that this host does not serve as they are, and --strict is given:"
                + string.Concat(Lines.Select(static line => Environment.NewLine + "  " + line)));
        }
    }

    private static IReadOnlyList<string> Find(FunctionDescriptor function) =>
    [
        .. function.Method.GetParameters().SelectMany(static parameter => Unserved(parameter.GetCustomAttributes<BindingAttribute>(), parameter.Name!)),
        .. Unserved(function.Method.GetCustomAttributes<BindingAttribute>(), "on the method"),
        .. ReturnValue.TypeOf(function.Method).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(static property => Unserved(property.GetCustomAttributes<BindingAttribute>(), property.Name)),
    ];

    private static IEnumerable<string> Unserved(IEnumerable<BindingAttribute> bindings, string place) =>
        bindings.Where(static binding => !ServedBindings.Serves(binding)).Select(binding => $"{ServedBindings.InCode(binding)} {place}");
}

/// <summary>A call of a function that is bound to what this host does not serve.</summary>
internal sealed class UnservedBindingException(FunctionDescriptor function, IEnumerable<string> bindings) : NotSupportedException(
    $"Function '{function.FunctionName}' is bound to what the embedded host does not serve, and has not run: {string.Join(", ", bindings)}.");
