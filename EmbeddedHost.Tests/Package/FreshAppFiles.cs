using System.Text.RegularExpressions;
using System.Xml.Linq;
using EmbeddedHost.Tests.Compatibility;

namespace EmbeddedHost.Tests.Package;

/// <summary>The files of an app as <c>func init</c> makes one, with the package and the one line beside.</summary>
internal static partial class FreshAppFiles
{
    private const string HostJson =
        """
        {
          "version": "2.0",
          "logging": { "applicationInsights": { "samplingSettings": { "isEnabled": true, "excludedTypes": "Request" }, "enableLiveMetricsFilters": true } },
          "extensions": { "http": { "routePrefix": "shop" } }
        }
        """;

    private const string LocalSettings =
        """
        {
          "IsEncrypted": false,
          "Values": { "AzureWebJobsStorage": "UseDevelopmentStorage=true", "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated", "Approver": "Ada" }
        }
        """;

    private const string Functions =
        """
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.Azure.Functions.Worker.Http;
        using Microsoft.DurableTask;
        using Microsoft.DurableTask.Client;

        namespace FreshApp;

        public static class Approval
        {
            [Function(nameof(Start))]
            public static async Task<HttpResponseData> Start(
                [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "approvals")] HttpRequestData request,
                [DurableClient] DurableTaskClient client)
            {
                var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(Approve), "order 7");
                return await client.CreateCheckStatusResponseAsync(request, id);
            }

            [Function(nameof(Approve))]
            public static async Task<string> Approve([OrchestrationTrigger] TaskOrchestrationContext context)
            {
                var asked = await context.CallActivityAsync<string>(nameof(Ask), context.GetInput<string>());
                context.SetCustomStatus($"{asked}; process {Environment.ProcessId} orchestrates");
                return $"{asked}: {await context.WaitForExternalEvent<string>("Answer")}";
            }

            [Function(nameof(Ask))]
            public static string Ask([ActivityTrigger] string what) =>
                $"Process {Environment.ProcessId} asked {Environment.GetEnvironmentVariable("Approver")} about {what}";
        }
        """;

    private const string SampleProgram =
        """
        using EmbeddedHost;
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.Azure.Functions.Worker.Builder;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = FunctionsApplication.CreateBuilder(args);
        builder.UseEmbeddedHost();
        builder.ConfigureFunctionsWebApplication();
        builder.Services
            .AddApplicationInsightsTelemetryWorkerService()
            .ConfigureFunctionsApplicationInsights();
        builder.Build().Run();
        """;

    private const string SampleFunctions =
        """
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Azure.Functions.Worker;
        using Microsoft.DurableTask;
        using Microsoft.DurableTask.Client;
        using Microsoft.Extensions.Logging;

        namespace FreshApp;

        public class Greeting(ILogger<Greeting> logger)
        {
            [Function(nameof(Greet))]
            public async Task<IActionResult> Greet(
                [HttpTrigger(AuthorizationLevel.Function, "get", Route = "greetings/{name}")] HttpRequest request,
                string name,
                [DurableClient] DurableTaskClient client)
            {
                logger.LogInformation("Greeting {Name}.", name);
                var id = await client.ScheduleNewOrchestrationInstanceAsync(nameof(GreetAll), name);
                var end = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
                return new OkObjectResult(new { Name = request.RouteValues["name"], Text = end.ReadOutputAs<string>() });
            }

            [Function(nameof(GreetAll))]
            public static Task<string> GreetAll([OrchestrationTrigger] TaskOrchestrationContext context) =>
                context.CallActivityAsync<string>(nameof(Say), context.GetInput<string>());

            [Function(nameof(Say))]
            public string Say([ActivityTrigger] string name) => $"Hello {name}";
        }
        """;

    private static readonly string[] SamplePackages =
    [
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
        "Microsoft.Azure.Functions.Worker.ApplicationInsights", "Microsoft.ApplicationInsights.WorkerService",
    ];

    private static readonly string[] Packages =
    [
        "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk",
        "Microsoft.Azure.Functions.Worker.Extensions.Http", "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
    ];

    /// <summary>Their contents by name.</summary>
    /// <param name="version">The package's version.</param>
    public static IReadOnlyDictionary<string, string> Of(string version) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FreshApp.csproj"] = Project(version, []),
        ["Program.cs"] = ProgramOfTheReadme(),
        ["Approval.cs"] = Functions,
        ["host.json"] = HostJson,
        ["local.settings.json"] = LocalSettings,
    };

    /// <summary>Those of an app whose program is that of Core Tools' template and of the public samples, with the one line added.</summary>
    /// <param name="version">The package's version.</param>
    public static IReadOnlyDictionary<string, string> OfSample(string version) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FreshApp.csproj"] = Project(version, SamplePackages),
        ["Program.cs"] = SampleProgram,
        ["Greeting.cs"] = SampleFunctions,
        ["host.json"] = HostJson,
        ["local.settings.json"] = LocalSettings,
    };

    private static string Project(string version, string[] further)
    {
        var versions = XDocument.Load(Repository.Path("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(static package => package.Attribute("Include")!.Value, static package => package.Attribute("Version")!.Value, StringComparer.Ordinal);
        return
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <AzureFunctionsVersion>v4</AzureFunctionsVersion>
                <OutputType>Exe</OutputType>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                {string.Join(Environment.NewLine, Packages.Concat(further).Select(id => Reference(id, versions[id])))}
                {Reference(PackedHost.Id, version)}
              </ItemGroup>
            </Project>
            """;
    }

    private static string Reference(string id, string version) => $"""<PackageReference Include="{id}" Version="{version}" />""";

    // What people copy is what runs here.
    private static string ProgramOfTheReadme() =>
        CSharp().Match(File.ReadAllText(Repository.Path("EmbeddedHost", "README.md"))).Groups["code"].Value;

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CSharp();
}
