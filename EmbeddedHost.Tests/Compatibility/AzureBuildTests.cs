using System.Text.Json;
using EmbeddedHost.Tests.Compatibility.Reference;

namespace EmbeddedHost.Tests.Compatibility;

/// <summary>The app's Azure build, as far as it can be seen without its packages: what it is made of, and what comes out with it.</summary>
public sealed class AzureBuildTests
{
    private const string App = "OrderSagaFunctions";
    private const string Azure = "-p:DurableHost=Azure";

    [Theory]
    [InlineData("/src/app/bin/output/", "Azure")]
    [InlineData("bin/publish", "Azure")]
    [InlineData(@"C:\app\bin\output\", "Azure")]
    [InlineData("/src/robin/output/", "Embedded")]
    [InlineData("/src/app/bin/output/more/", "Embedded")]
    public async Task OutputPath_OfCoreTools_ChoosesAzure(string output, string host) =>
        Assert.Equal(host, (await ProjectEvaluation.OfAsync(App, $"-p:OutputPath={output}"))["DurableHost"]);

    [Fact]
    public async Task Embedded_IsTheDefault_AndRefersToNoAzurePackage()
    {
        var build = await ProjectEvaluation.OfAsync(App);

        Assert.Equal("Embedded", build["DurableHost"]);
        Assert.Equal(["../EmbeddedHost/EmbeddedHost.csproj"], build.Names("ProjectReference"));
        Assert.DoesNotContain(build.Names("PackageReference"), IsOfTheWorker);
    }

    [Fact]
    public async Task Azure_RefersToTheRealPackages_AndToNothingOfTheEmbeddedHost()
    {
        var build = await ProjectEvaluation.OfAsync(App, Azure);

        Assert.Empty(build.Names("ProjectReference"));
        Assert.Equal(
            [
                "Azure.Data.Tables",
                "Azure.Identity",
                "Microsoft.Azure.Functions.Worker",
                "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
                "Microsoft.Azure.Functions.Worker.Extensions.Http",
                "Microsoft.Azure.Functions.Worker.Sdk",
            ],
            build.Names("PackageReference").Where(static name => IsOfTheWorker(name) || name.StartsWith("Azure.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("Azure.Core", build.Names("PackageVersion"));
        Assert.Equal("false", build["TreatWarningsAsErrors"]);
    }

    [Fact]
    public async Task Azure_Compiles_WhatTheReferenceCompileCompiles() => Assert.Equal(
        new AzureBuild(Repository.Path(App)).Sources,
        (await ProjectEvaluation.OfAsync(App, Azure)).Names("Compile").Select(static file => Repository.Path(App, file)).Order(StringComparer.Ordinal));

    [Fact]
    public async Task EachHost_HasItsOwnObjAndBin()
    {
        var azure = await ProjectEvaluation.OfAsync(App, Azure);
        var embedded = await ProjectEvaluation.OfAsync(App);

        Assert.Equal(("obj/Azure/", "bin/Azure/"), (azure["BaseIntermediateOutputPath"], azure["BaseOutputPath"]));
        Assert.Equal(("obj/Embedded/", "bin/Embedded/"), (embedded["BaseIntermediateOutputPath"], embedded["BaseOutputPath"]));
    }

    [Fact]
    public async Task Azure_Output_HoldsHostJson_AndNotTheSampleSettings()
    {
        var files = Copied(await ProjectEvaluation.OfAsync(App, Azure));

        Assert.Equal(("PreserveNewest", ""), files["host.json"]);
        Assert.DoesNotContain("local.settings.sample.json", files.Keys);
    }

    [Fact]
    public async Task LocalSettings_AreBesideABuild_AndNeverPublished()
    {
        // MSBuild has the file as an item only where there is one, so the line itself is read.
        var project = await File.ReadAllTextAsync(Repository.Path(App, $"{App}.csproj"));
        Assert.Contains("Update=\"local.settings.json\" CopyToOutputDirectory=\"PreserveNewest\" CopyToPublishDirectory=\"Never\"", project, StringComparison.Ordinal);

        Assert.DoesNotContain("local.settings.json", Copied(await ProjectEvaluation.OfAsync(App, "-p:OutputPath=bin/publish/")).Keys);
        Assert.Equal(("PreserveNewest", "Never"), Copied(await ProjectEvaluation.OfAsync(App))["local.settings.sample.json"]);
    }

    [Theory]
    [InlineData("EmbeddedHost")]
    [InlineData("EmbeddedHost.Tests")]
    [InlineData("OrderSagaFunctions.Tests")]
    [InlineData("bench")]
    public async Task Azure_OtherProjectsOfTheSolution_AreLeftOut(string project)
    {
        var (output, exitCode) = await ProjectEvaluation.RunAsync(project, Azure, "-t:Build");

        Assert.Contains("left out", output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Azure_BeforeItsPackagesAreAskedFor_SaysWhichBuildItIsAndHowToMakeTheOther()
    {
        var (output, _) = await ProjectEvaluation.RunAsync(App, "-p:OutputPath=/app/bin/output/", "-t:CollectPackageReferences");

        Assert.Contains("the build for Azure Functions, because the output goes to /app/bin/output.", output, StringComparison.Ordinal);
        Assert.Contains("makes the one for the embedded host", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Azure_DotnetRun_StartsInTheOutputFolderFromAnywhere()
    {
        // Stands for the worker's SDK, which names the folder relative to the project's.
        var sdk = Path.GetTempFileName();
        await File.WriteAllTextAsync(sdk, """
            <Project>
              <Target Name="_FunctionsComputeRunArguments" BeforeTargets="ComputeRunArguments">
                <PropertyGroup><RunWorkingDirectory>$(OutDir)</RunWorkingDirectory></PropertyGroup>
              </Target>
            </Project>
            """);

        var (output, _) = await ProjectEvaluation.RunAsync(
            App, Azure, $"-p:CustomAfterMicrosoftCommonTargets={sdk}", "-t:ComputeRunArguments", "-getProperty:RunWorkingDirectory");
        File.Delete(sdk);

        Assert.Equal(Repository.Path(App, "bin", "Azure", "Debug", "net10.0") + Path.DirectorySeparatorChar, output.Trim());
    }

    [Fact]
    public async Task DurableHost_NeitherOfTheTwo_IsAnErrorThatNamesThem()
    {
        var (output, exitCode) = await ProjectEvaluation.RunAsync(App, "-p:DurableHost=Azur", "-t:CollectPackageReferences");

        Assert.Contains("DurableHost is 'Azur': expected Embedded or Azure.", output, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
    }

    private static bool IsOfTheWorker(string package) => package.StartsWith("Microsoft.Azure.Functions.Worker", StringComparison.Ordinal);

    /// <summary>The files that come into a build: how they go there, and to what is published.</summary>
    private static Dictionary<string, (string Build, string Publish)> Copied(ProjectEvaluation build) => build.Items("None")
        .Where(static item => Metadata(item, "CopyToOutputDirectory").Length > 0)
        .ToDictionary(
            static item => Metadata(item, "Identity"),
            static item => (Metadata(item, "CopyToOutputDirectory"), Metadata(item, "CopyToPublishDirectory")),
            StringComparer.Ordinal);

    private static string Metadata(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.GetString()! : "";
}
