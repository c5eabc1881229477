using System.Text;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Discovery;
using EmbeddedHost.Hosting.Invocation;
using EmbeddedHost.Http;
using EmbeddedHost.Http.Management;
using Microsoft.Azure.Functions.Worker;

namespace EmbeddedHost.Hosting.Printing;

/// <summary>The list of functions that a start prints, in the form that Core Tools gives it, what of them is not served, and the addresses of the host's page and of the app's, if it has one.</summary>
internal static class FunctionListing
{
    private const string Indent = "        ";

    public static string Of(IReadOnlyList<HostedFunction> functions, HostJson host, string origin, Ink ink, string? homePage = null)
    {
        var text = new StringBuilder().AppendLine().AppendLine("Functions:").AppendLine();
        foreach (var function in functions.Select(function => function.Descriptor).OrderBy(function => function.Kind))
        {
            _ = text.Append(Indent).Append(ink.Yellow(function.FunctionName)).Append(": ")
                .AppendLine(function.Kind == TriggerKind.Http ? ink.Green(AddressWithMethods(function, host, origin)) : ink.Dim(function.BindingType))
                .AppendLine();
        }

        // Last, where a person who has just started it looks.
        _ = text.Append("Instances: ").AppendLine(ink.Green(origin + InstancesPage.Path)).AppendLine();
        if (functions.Select(function => function.Descriptor).FirstOrDefault(function => IsAt(homePage, function)) is { } page)
        {
            _ = text.Append(homePage).Append(": ").AppendLine(ink.Green(Address(page, host, origin))).AppendLine();
        }

        return text.ToString();
    }

    /// <summary>The warning of what this host does not serve, a line a function; empty where there is nothing.</summary>
    public static string OfUnserved(IReadOnlyList<string> lines, Ink ink) => lines.Count == 0 ? "" :
        $"{Environment.NewLine}{ink.Yellow("Warning")}: this host does not serve all of the app. The rest runs; with --strict the host would not start.{Environment.NewLine}"
        + string.Concat(lines.Select(line => $"{Environment.NewLine}{Indent}{line}{Environment.NewLine}"));

    private static bool IsAt(string? route, FunctionDescriptor function) =>
        function.Trigger is HttpTriggerAttribute { Route: { } own } && own.Equals(route, StringComparison.OrdinalIgnoreCase);

    private static string AddressWithMethods(FunctionDescriptor function, HostJson host, string origin)
    {
        var methods = HttpRoute.MethodsOf(function);
        var address = Address(function, host, origin);
        return methods.Count == 0 ? address : $"[{string.Join(',', methods)}] {address}";
    }

    private static string Address(FunctionDescriptor function, HostJson host, string origin) => $"{origin}/{HttpRoute.PathOf(function, host)}";
}
