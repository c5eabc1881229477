using System.Text;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;

namespace EmbeddedHost.Hosting.Printing;

/// <summary>The list of functions that a start prints, in the form that Core Tools gives it.</summary>
internal static class FunctionListing
{
    private const string Indent = "        ";

    public static string Of(IReadOnlyList<HostedFunction> functions, HostJson host, string origin, Ink ink)
    {
        var text = new StringBuilder().AppendLine().AppendLine("Functions:").AppendLine();
        foreach (var function in functions.Select(function => function.Descriptor).OrderBy(function => function.Kind))
        {
            _ = text.Append(Indent).Append(ink.Yellow(function.FunctionName)).Append(": ")
                .AppendLine(function.Kind == TriggerKind.Http ? ink.Green(Address(function, host, origin)) : ink.Dim(function.BindingType))
                .AppendLine();
        }

        return text.ToString();
    }

    private static string Address(FunctionDescriptor function, HostJson host, string origin)
    {
        var methods = HttpRoute.MethodsOf(function);
        var address = $"{origin}/{HttpRoute.PathOf(function, host)}";
        return methods.Count == 0 ? address : $"[{string.Join(',', methods)}] {address}";
    }
}
