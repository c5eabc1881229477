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
                context.SetCustomStatus(asked);
                return $"{asked}: {await context.WaitForExternalEvent<string>("Answer")}";
            }

            [Function(nameof(Ask))]
            public static string Ask([ActivityTrigger] string what) =>
                $"Process {Environment.ProcessId} asked {Environment.GetEnvironmentVariable("Approver")} about {what}";
        }
        """;

    private static readonly string[] Packages =
    [
        "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk",
        "Microsoft.Azure.Functions.Worker.Extensions.Http", "Microsoft.Azure.Functions.Worker.Extensions.DurableTask",
    ];

    /// <summary>Their contents by name.</summary>
    /// <param name="version">The package's version.</param>
    public static IReadOnlyDictionary<string, string> Of(string version) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FreshApp.csproj"] = Project(version),
        ["Program.cs"] = ProgramOfTheReadme(),
        ["Approval.cs"] = Functions,
        ["host.json"] = HostJson,
        ["local.settings.json"] = LocalSettings,
    };

    private static string Project(string version)
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
                {string.Join(Environment.NewLine, Packages.Select(id => Reference(id, versions[id])))}
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
