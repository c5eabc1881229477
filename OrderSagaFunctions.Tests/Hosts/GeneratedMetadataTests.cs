using System.Collections;
using System.Text.Json;
using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace OrderSagaFunctions.Tests.Hosts;

/// <summary>On Azure functions are found by what the worker's SDK generates, by the embedded host by reflection.</summary>
public sealed class GeneratedMetadataTests
{
    [Fact]
    public async Task Functions_OfTheApp_AreTheSameOnBothHosts()
    {
        var generated = (await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync("")).Select(Generated).Order(StringComparer.Ordinal);
        var scanned = Scanned().Order(StringComparer.Ordinal).ToArray();

        Assert.True(scanned.Length > 40, $"only {scanned.Length} functions were found");
        Assert.Equal(generated, scanned);
    }

    private static string Generated(IFunctionMetadata function)
    {
        var trigger = function.RawBindings!
            .Select(static binding => JsonSerializer.Deserialize<JsonElement>(binding))
            .Single(static binding => binding.GetProperty("type").GetString()!.EndsWith("Trigger", StringComparison.Ordinal));
        var type = trigger.GetProperty("type").GetString()!;
        return Text(
            function.Name!,
            function.EntryPoint!,
            trigger.GetProperty("name").GetString()!,
            type,
            Property("orchestration") ?? Property("activity") ?? function.Name!,
            trigger.TryGetProperty("methods", out var methods) ? methods.EnumerateArray().Select(static method => method.GetString()!) : [],
            Property("route"),
            Property("authLevel"));

        string? Property(string name) => trigger.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    /// <summary>What the embedded host finds. Its scanner is not public.</summary>
    private static IEnumerable<string> Scanned()
    {
        var scanner = typeof(DurableTestHost).Assembly.GetType("EmbeddedHost.Hosting.Discovery.FunctionScanner", throwOnError: true)!;
        var assemblies = typeof(DurableTestHost).Assembly.GetType("EmbeddedHost.Hosting.Startup.FunctionAssemblies", throwOnError: true)!;
        var types = assemblies.GetMethod("TypesOf")!.Invoke(null, [typeof(GeneratedFunctionMetadataProvider).Assembly]);
        foreach (var function in (IEnumerable)scanner.GetMethod("Scan")!.Invoke(null, [types, null])!)
        {
            var http = Value("Trigger") as HttpTriggerAttribute;
            yield return Text(
                (string)Value("FunctionName"),
                (string)Value("EntryPoint"),
                ((System.Reflection.ParameterInfo)Value("TriggerParameter")).Name!,
                (string)Value("BindingType"),
                (string)Value("Name"),
                http?.Methods ?? [],
                http?.Route,
                http?.AuthLevel.ToString());

            object Value(string property) => function.GetType().GetProperty(property)!.GetValue(function)!;
        }
    }

    private static string Text(
        string name, string entryPoint, string parameter, string trigger, string calledAs, IEnumerable<string> methods, string? route, string? level) =>
        $"{name}: {entryPoint}({parameter}), {trigger} '{calledAs}', {string.Join('/', methods)} {route}, {level}";
}
