namespace OrderSagaFunctions.Tests.Deployment;

/// <summary>The app's other build.</summary>
public sealed class BuildTests
{
    [Fact]
    public async Task Build_WithoutTheEmbeddedHost_HasNothingOfIt()
    {
        var folder = Directory.CreateTempSubdirectory("build-").FullName;
        try
        {
            var build = await Tool.RunAsync(
                "dotnet",
                // No build server outlives it.
                new Dictionary<string, string>(StringComparer.Ordinal) { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
                "build", Repository.PathOf("OrderSagaFunctions"), "-p:EmbeddedHost=false", "--artifacts-path", folder);

            Assert.True(build.ExitCode == 0, build.Output + build.Errors);
            var files = Directory.EnumerateFiles(Path.Combine(folder, "bin", "OrderSagaFunctions"), "*.dll", SearchOption.AllDirectories)
                .Select(Path.GetFileName).ToList();
            Assert.Contains("OrderSagaFunctions.dll", files);
            Assert.DoesNotContain("EmbeddedHost.dll", files);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
