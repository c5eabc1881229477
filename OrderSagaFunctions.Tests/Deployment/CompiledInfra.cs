using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>What the Bicep compiler makes of <c>infra/main.bicep</c>, compiled once.</summary>
public sealed class CompiledInfra : IAsyncLifetime
{
    /// <summary>Where the compiler is; null where there is none for this platform.</summary>
    public static string? Compiler => Repository.Metadata("Bicep");

    /// <summary>The template.</summary>
    public JsonElement Template { get; private set; }

    /// <summary>Every error, warning and linter finding; empty where there is none.</summary>
    public string Diagnostics { get; private set; } = string.Empty;

    public async Task InitializeAsync()
    {
        if (Compiler is { } compiler)
        {
            // Without it the compiler looks for ICU, which is not on every machine.
            var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };
            var run = await Tool.RunAsync(compiler, environment, "build", Repository.PathOf("infra", "main.bicep"), "--stdout");
            Diagnostics = run.Errors;
            Template = run.ExitCode == 0 ? JsonDocument.Parse(run.Output).RootElement : default;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>The properties of every resource of a type, in whichever module it is.</summary>
    public IEnumerable<JsonElement> PropertiesOf(string type) => Resources(Template)
        .Where(resource => resource.GetProperty("type").GetString() == type)
        .Select(static resource => resource.GetProperty("properties"));

    private static IEnumerable<JsonElement> Resources(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        var all = resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray().ToList()
            : [.. resources.EnumerateObject().Select(static resource => resource.Value)];
        return all.Concat(all
            .Where(static resource => resource.GetProperty("type").GetString() == "Microsoft.Resources/deployments")
            .SelectMany(static module => Resources(module.GetProperty("properties").GetProperty("template"))));
    }
}
