using System.Net;
using System.Text.Json.Nodes;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Ordering;
using OrderSagaFunctions.Tests.CrashPoints;
using OrderSagaFunctions.Tests.Deployment;
using Sagas;
using Sagas.Drawing;

namespace OrderSagaFunctions.Tests.Drawing;

/// <summary>A saga's definition as a picture, over HTTP and in the docs.</summary>
public sealed class DrawingTests
{
    private static readonly SagaDefinition[] Sagas = [OrderSteps.Definition, FulfilmentSteps.Definition];

    [Theory]
    [InlineData("?format=mermaid", null)]
    [InlineData("?format=MERMAID", "application/json")]
    [InlineData("", "text/vnd.mermaid")]
    [InlineData("", "text/html, text/vnd.mermaid;q=0.9")]
    public async Task Get_Mermaid_IsAFlowchart(string query, string? accept)
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, "order/definition" + query, accept);

        Assert.Equal("text/vnd.mermaid; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("Accept", string.Join(',', answer.Headers.Vary));
        Assert.Equal(MermaidDrawing.Of(SagaGraph.Of(OrderSteps.Definition)), await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("", "*/*")]
    [InlineData("?format=json", "text/vnd.mermaid")]
    public async Task Get_NoPictureAskedFor_IsTheGraph(string query, string? accept)
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, "fulfilment/definition" + query, accept);

        var graph = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(SagaGraph.Of(FulfilmentSteps.Definition).Transitions.Count, graph["transitions"]!.AsArray().Count);
    }

    [Fact]
    public async Task Get_StatesLanguage_IsTheStateMachine()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, "order/definition?format=asl", accept: null);

        Assert.True(JsonNode.DeepEquals(StatesLanguageDrawing.Of(OrderSteps.Definition), JsonNode.Parse(await answer.Content.ReadAsStringAsync())));
    }

    [Fact]
    public async Task Get_FormatOrSagaThatIsNotThere_IsNamed()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var format = await GetAsync(host, "order/definition?format=png", accept: null);
        using var saga = await GetAsync(host, "orders/definition?format=asl", accept: null);

        Assert.Equal(HttpStatusCode.BadRequest, format.StatusCode);
        Assert.Contains("format: expected one of Json, Mermaid, Asl, found png", await format.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, saga.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void StatesLanguage_Ways_AreThoseOfTheGraph(int saga)
    {
        var machine = StatesLanguageDrawing.Of(Sagas[saga]);
        var graph = SagaGraph.Of(Sagas[saga]);
        var states = machine["States"]!.AsObject();

        var ways = graph.States.SelectMany(state => TargetsOf(states, states[state.Name]!).Select(to => (state.Name, to))).ToHashSet();

        Assert.Equal(graph.Start, (string?)machine["StartAt"]);
        Assert.Equal(SagaPicture.WaysOf(graph).Select(static way => (way.From, way.To)).ToHashSet(), ways);
        Assert.Equal(Sagas[saga].Failed, states.Single(static state => (string?)state.Value!["Type"] == "Fail").Key);
    }

    [Fact]
    public void Mermaid_NamesThatMeanSomethingToIt_AreShownAndNotUsed()
    {
        var saga = new SagaDefinition("odd", [new SagaStep("end"), new SagaStep("two words\"];x") { Kind = StepKind.Pivot }])
        {
            Succeeded = "Done", Failed = "Failed", Cancelled = "Cancelled",
        };

        var lines = MermaidDrawing.Of(SagaGraph.Of(saga)).Split('\n');

        Assert.Contains("    state0[\"end\"]", lines);
        Assert.Contains("    state1[\"two words#34;#93;#59;x (pivot)\"]", lines);
        Assert.Contains("    state0 --> state1", lines);
        Assert.Contains("    class state1 pivot", lines);
    }

    [Theory]
    [InlineData("README.md", 0)]
    [InlineData("docs/saga.md", 1)]
    public void Docs_Graph_IsTheDrawing(string file, int saga)
    {
        const string Fence = "```mermaid\n";
        var text = Repository.Read(file.Split('/')).ReplaceLineEndings("\n");
        var start = text.IndexOf(Fence, StringComparison.Ordinal) + Fence.Length;

        Assert.Equal(2, text.Split(Fence).Length);
        Assert.Equal(MermaidDrawing.Of(SagaGraph.Of(Sagas[saga])), text[start..text.IndexOf("```", start, StringComparison.Ordinal)]);
    }

    private static async Task<HttpResponseMessage> GetAsync(DurableTestHost host, string path, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/sagas/" + path, UriKind.Relative));
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        return await host.HttpClient.SendAsync(request);
    }

    // Through a choice to what is chosen from.
    private static IEnumerable<string> TargetsOf(JsonObject states, JsonNode state)
    {
        string?[] next =
        [
            (string?)state["Next"],
            (string?)state["Default"],
            .. ((string[])["Catch", "Choices"]).SelectMany(ways => state[ways]?.AsArray() ?? []).Select(static way => (string?)way!["Next"]),
        ];
        return next.OfType<string>().SelectMany(name => (string?)states[name]!["Type"] == "Choice" ? TargetsOf(states, states[name]!) : [name]);
    }
}
