using System.Text.Json;

namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The Bicep compiler, on <c>infra/main.bicep</c>.</summary>
internal static class Bicep
{
    private static readonly string Infra = Repository.PathOf("infra", "main.bicep");

    private static readonly string Nobody = Guid.Empty.ToString();

    // Without it the compiler looks for ICU, which is not on every machine.
    private static readonly Dictionary<string, string> Environment = new(StringComparer.Ordinal) { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" };

    /// <summary>Where the compiler is; null where there is none for this platform.</summary>
    public static string? Compiler => Repository.Metadata("Bicep");

    /// <summary>Makes the template; what it finds wrong is in <see cref="Tool.Errors"/>.</summary>
    public static Task<Tool> BuildAsync() => Tool.RunAsync(Compiler!, Environment, "build", Infra, "--stdout");

    /// <summary>The resources that a deployment with these parameters would make, as far as that can be told without Azure.</summary>
    public static async Task<IReadOnlyList<JsonElement>> PredictAsync(params (string Name, string Value)[] parameters)
    {
        var folder = Directory.CreateTempSubdirectory("bicep-").FullName;
        try
        {
            var file = Path.Combine(folder, "main.bicepparam");
            var lines = parameters.Select(static parameter => $"param {parameter.Name} = '{parameter.Value}'");
            await File.WriteAllLinesAsync(file, [$"using '{Path.GetRelativePath(folder, Infra)}'", .. lines]);
            var run = await Tool.RunAsync(
                Compiler!,
                Environment,
                ["snapshot", file, "--subscription-id", Nobody, "--tenant-id", Nobody, "--location", "westeurope", "--deployment-name", "test"]);
            Assert.True(run.ExitCode == 0, run.Errors);
            var snapshot = JsonDocument.Parse(await File.ReadAllTextAsync(Path.ChangeExtension(file, "snapshot.json")));
            return [.. snapshot.RootElement.GetProperty("predictedResources").EnumerateArray()];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
