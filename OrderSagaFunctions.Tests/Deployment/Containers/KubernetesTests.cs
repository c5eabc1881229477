using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EmbeddedHost.Testing;
using Microsoft.Azure.Functions.Worker;
using OrderSagaFunctions.Tests.EndToEnd;
using OrderSagaFunctions.Tests.Http;
using Sagas.Health;
using YamlDotNet.RepresentationModel;

namespace OrderSagaFunctions.Tests.Deployment.Containers;

/// <summary>The manifest for Kubernetes names what is there: routes, ports, settings, options, limits. No cluster has run it here.</summary>
public sealed partial class KubernetesTests
{
    private const string Engine = "EmbeddedHost__Engine";
    private const string Storage = "AzureWebJobsStorage";

    private static readonly IReadOnlyList<JsonNode> Manifests = Read();
    private static readonly JsonNode Deployment = Of("Deployment");
    private static readonly JsonNode Pod = Deployment["spec"]!["template"]!;
    private static readonly JsonNode Host = Pod["spec"]!["containers"]!.AsArray().Single()!;
    private static readonly XDocument Image = XDocument.Load(Repository.PathOf("OrderSagaFunctions", "Container.targets"));

    [Theory]
    [InlineData("startupProbe", "GetLiveness")]
    [InlineData("livenessProbe", "GetLiveness")]
    [InlineData("readinessProbe", "GetReadiness")]
    public void Probe_OfTheHost_AsksAFunctionThatNeedsNoKey(string probe, string function)
    {
        var asked = Host[probe]!["httpGet"]!;

        Assert.Contains(HttpFunction.All, known => (known.Name, known.Method, known.Path(""), known.Level) == (function, "GET", Text(asked["path"]), AuthorizationLevel.Anonymous));
        Assert.Equal("http", Text(asked["port"]));
    }

    [Fact]
    public void Probes_TimeLimits_AreAboveThatOfTheAnswer()
    {
        var limit = (TimeSpan)typeof(Readiness).GetField("Limit", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;

        Assert.InRange(Seconds(Host["readinessProbe"]!["timeoutSeconds"]), limit + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Pod_GracePeriod_IsAboveThePauseAndAStop()
    {
        // Calls and activities have so long; as long again is for commits, and to close what is open.
        var limit = (TimeSpan)typeof(DurableTestHost).Assembly.GetType("EmbeddedHost.Hosting.HostStop")!.GetField("Limit")!.GetValue(null)!;
        var pause = Seconds(Host["lifecycle"]!["preStop"]!["sleep"]!["seconds"]);

        Assert.InRange(Seconds(Pod["spec"]!["terminationGracePeriodSeconds"]), pause + (limit * 2) + TimeSpan.FromSeconds(5), TimeSpan.MaxValue);
    }

    [Fact]
    public void Host_ImageUserAndPort_AreThoseOfTheImage()
    {
        Assert.StartsWith(Property("ContainerRepository") + ":", Text(Host["image"]), StringComparison.Ordinal);
        Assert.Equal(Property("ContainerUser"), Text(Pod["spec"]!["securityContext"]!["runAsUser"]));
        Assert.Equal(
            (Image.Descendants("ContainerPort").Single().Attribute("Include")!.Value, "http"),
            (Text(Host["ports"]![0]!["containerPort"]), Text(Host["ports"]![0]!["name"])));
        Assert.Equal("http", Text(Of("Service")["spec"]!["ports"]![0]!["targetPort"]));
    }

    [Fact]
    public void Host_OnANodeOfOthers_IsNotRootAndWritesNothing()
    {
        Assert.Equal("true", Text(Pod["spec"]!["securityContext"]!["runAsNonRoot"]));
        Assert.Equal("true", Text(Host["securityContext"]!["readOnlyRootFilesystem"]));
        Assert.Equal("false", Text(Host["securityContext"]!["allowPrivilegeEscalation"]));
        Assert.Equal("ALL", Text(Host["securityContext"]!["capabilities"]!["drop"]!.AsArray().Single()));
    }

    [Fact]
    public void Selectors_OfEach_FindThePods()
    {
        JsonNode?[] selectors =
        [
            Deployment["spec"]!["selector"]!["matchLabels"], Of("Service")["spec"]!["selector"], Of("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"],
            .. Pod["spec"]!["topologySpreadConstraints"]!.AsArray().Select(static spread => spread!["labelSelector"]!["matchLabels"]),
        ];

        Assert.Equal(5, selectors.Length);
        Assert.All(selectors, static selector => Assert.Equal(Pod["metadata"]!["labels"]!.ToJsonString(), selector!.ToJsonString()));
    }

    [Fact]
    public void Replicas_AreMoreThanMayGoAtOnceAndNoMoreThanPartitions()
    {
        var hub = JsonNode.Parse(Repository.Read("OrderSagaFunctions", "host.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip })!;
        var partitions = hub["extensions"]!["durableTask"]!["storageProvider"]!["partitionCount"]!.GetValue<int>();

        Assert.InRange(Number(Deployment["spec"]!["replicas"]), Number(Of("PodDisruptionBudget")["spec"]!["minAvailable"]) + 1, partitions);
    }

    [Fact]
    public async Task Host_ItsSettingsAndArguments_AreThoseOfTheApp()
    {
        // The storage is another one here, and with it the engine.
        var settings = Environment().Keys.Where(static name => name is not (Engine or Storage)).ToDictionary(static name => name, static name => name + "-0123456789", StringComparer.Ordinal);
        settings[Storage] = "UseDevelopmentStorage=true";
        await using var app = await AppProcess.StartAsync(settings, demo: false, [.. Host["args"]!.AsArray().Select(Text), "--require-keys"]);

        using var ready = await app.Orders.GetAsync(Text(Host["readinessProbe"]!["httpGet"]!["path"]));
        using var orders = await app.Orders.GetAsync("/api/orders?code=" + settings["EmbeddedHost__Keys___master"]);
        using var stock = await app.Orders.GetAsync("/api/inventory?code=" + settings["EmbeddedHost__Keys___host"]);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK], [ready.StatusCode, orders.StatusCode, stock.StatusCode]);
    }

    [Fact]
    public void Host_WhatIsSecret_ComesFromTheSecretThatTheGuideMakes()
    {
        var environment = Environment();
        var guide = Repository.Read("docs", "deployment.md");
        var made = FromLiteral().Matches(guide).Select(static match => match.Groups["name"].Value).ToList();

        Assert.Equal([(Engine, "AzureStorage")], environment.Where(static setting => setting.Value["value"] is not null).Select(static setting => (setting.Key, Text(setting.Value["value"]))));
        var secrets = environment.Where(static setting => setting.Key != Engine).ToList();
        Assert.All(secrets, static setting => Assert.Equal(("order-saga", setting.Key), (
            Text(setting.Value["valueFrom"]!["secretKeyRef"]!["name"]), Text(setting.Value["valueFrom"]!["secretKeyRef"]!["key"]))));
        Assert.Contains("create secret generic order-saga", guide, StringComparison.Ordinal);
        Assert.Equal(secrets.Select(static setting => setting.Key).Order(StringComparer.Ordinal), made.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Host_Engine_IsOneThatHostsShare()
    {
        var engines = typeof(DurableTestHost).Assembly.GetType("EmbeddedHost.Hosting.Configuration.HostEngine")!.GetEnumNames();

        Assert.Contains(Text(Environment()[Engine]["value"]), engines.Where(static engine => engine != "Embedded"));
    }

    private static Dictionary<string, JsonNode> Environment() =>
        Host["env"]!.AsArray().ToDictionary(static setting => Text(setting!["name"]), static setting => setting!, StringComparer.Ordinal);

    private static JsonNode Of(string kind) => Assert.Single(Manifests, manifest => Text(manifest["kind"]) == kind);

    private static string Property(string name) => Image.Descendants(name).Single().Value;

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static int Number(JsonNode? node) => int.Parse(Text(node));

    private static TimeSpan Seconds(JsonNode? node) => TimeSpan.FromSeconds(Number(node));

    private static List<JsonNode> Read()
    {
        var stream = new YamlStream();
        using var text = new StringReader(Repository.Read("infra", "kubernetes", "order-saga.yaml"));
        stream.Load(text);
        return [.. stream.Documents.Select(static document => JsonOf(document.RootNode))];
    }

    // Each scalar is a text.
    private static JsonNode JsonOf(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(static child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, (JsonNode?)JsonOf(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(JsonOf)]),
        _ => JsonValue.Create(((YamlScalarNode)node).Value!),
    };

    [GeneratedRegex(@"--from-literal (?<name>\w+)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FromLiteral();
}
