using System.Net;
using OrderSagaFunctions.Tests.EndToEnd;

namespace OrderSagaFunctions.Tests.Deployment.Containers;

/// <summary>What <c>dotnet publish -t:PublishContainer</c> makes of the app. What its base image holds, only a registry tells.</summary>
public sealed class ContainerTests(AppImage image) : IClassFixture<AppImage>
{
    private const string Key = "a-key-that-only-this-test-knows-of";

    [Fact]
    public void Image_Configuration_RunsTheAppAloneAndNotAsRoot()
    {
        Assert.Equal(["dotnet", "/app/OrderSagaFunctions.dll", "--address", "0.0.0.0", "--port", "8080"], image.Words("Entrypoint"));
        Assert.Equal(["--data", "/home/app/data"], image.Words("Cmd"));
        Assert.Equal(("1654", "/app/"), (image.Configuration.GetProperty("User").GetString(), image.Configuration.GetProperty("WorkingDir").GetString()));
        Assert.Equal(["8080/tcp"], image.Configuration.GetProperty("ExposedPorts").EnumerateObject().Select(static port => port.Name));
    }

    [Fact]
    public void Image_Files_AreTheAppWithoutLocalSettingsAndData()
    {
        var names = Directory.EnumerateFileSystemEntries(Path.Combine(image.Root, "app")).Select(static path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(["OrderSagaFunctions.dll", "host.json"], StringComparer.Ordinal), names);
        Assert.DoesNotContain(names, static name => name.StartsWith("local.settings", StringComparison.Ordinal) || name == ".data");
    }

    [Fact]
    public async Task Image_ItsProgram_AnswersProbesWithoutAKeyAndTheRestWithASecret()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["EmbeddedHost__Keys___master"] = Key,
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
        };
        await using var app = await AppProcess.StartProgramAsync(Path.Combine(image.Root, "app", "OrderSagaFunctions.dll"), settings, "--require-keys");

        using var ready = await app.Orders.GetAsync("/api/health/ready");
        using var live = await app.Orders.GetAsync("/api/health/live");
        using var orders = await app.Orders.GetAsync("/api/orders");
        using var ordersWithKey = await app.Orders.GetAsync($"/api/orders?code={Key}");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized, HttpStatusCode.OK],
            [ready.StatusCode, live.StatusCode, orders.StatusCode, ordersWithKey.StatusCode]);
    }

    [Theory]
    [InlineData("", "/dotnet/aspnet:10.0")]
    [InlineData("false", "/azure-functions/dotnet-isolated:4-dotnet-isolated10.0")]
    public async Task Image_Base_IsAspNetCoreOrWithoutTheEmbeddedHostTheFunctionsHost(string embeddedHost, string expected)
    {
        var run = await Tool.RunAsync(
            "dotnet",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["EmbeddedHost"] = embeddedHost },
            "msbuild",
            Repository.PathOf("OrderSagaFunctions", "OrderSagaFunctions.csproj"),
            // What the project refers to has a say: ASP.NET Core comes with the host.
            "-t:ResolvePackageAssets;ComputeContainerConfig",
            "-getProperty:ContainerBaseImage");

        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        Assert.EndsWith(expected, run.Output.Trim(), StringComparison.Ordinal);
    }
}
