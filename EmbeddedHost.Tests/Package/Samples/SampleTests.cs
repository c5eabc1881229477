using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EmbeddedHost.Tests.Package.Samples;

/// <summary>The public samples: each, as a process of its own, does what it is there to show.</summary>
[Collection(PackageDefinition.Name)]
public sealed class SampleTests(SampleApps samples) : IClassFixture<SampleApps>
{
    [Fact]
    public async Task Chaining_Article_GoesThroughAllSteps()
    {
        await using var app = await samples.StartAsync("Chaining");

        var page = (await app.RunAsync(HttpMethod.Post, "api/articles", new { title = " Tea & cups ", text = "hot  or\ncold" })).GetProperty("output");

        Assert.Equal("<h1>Tea &amp; cups</h1><p>hot or cold</p>", page.GetProperty("Html").GetString());
        Assert.Equal("a02a6a8ac6ed021f0ee4b9ce871907f71eee03a4b7fcf6ced69aab393b5a8a86", page.GetProperty("ETag").GetString());
    }

    [Fact]
    public async Task FanOutFanIn_ManyTexts_AddsAllCountsUp()
    {
        await using var app = await samples.StartAsync("FanOutFanIn");
        var texts = Enumerable.Range(1, 40).Select(static words => string.Join(' ', Enumerable.Repeat("word", words)));

        var count = await app.RunAsync(HttpMethod.Post, "api/word-counts", texts);

        Assert.Equal($"{Enumerable.Range(1, 40).Sum()}", count.Output());
    }

    [Fact]
    public async Task Monitor_SiteComesBack_EndsWithThatLook()
    {
        var looks = 0;
        await using var site = await LoopbackServer.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref looks) < 4 ? 503 : 200;
            return Task.CompletedTask;
        });
        await using var app = await samples.StartAsync("Monitor");

        var verdict = await app.RunAsync(HttpMethod.Post, "api/watches", new { site = site.Address, interval = "00:00:00.05", until = DateTimeOffset.MaxValue });

        Assert.Equal("""{"IsWell":true,"Looks":4}""", verdict.Output());
    }

    [Fact]
    public async Task Monitor_TimeIsOver_EndsWithoutTheSite()
    {
        await using var site = await LoopbackServer.StartAsync(static context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var app = await samples.StartAsync("Monitor");

        var verdict = await app.RunAsync(HttpMethod.Post, "api/watches", new { site = site.Address, interval = "00:00:10", until = DateTimeOffset.UnixEpoch });

        Assert.Equal("""{"IsWell":false,"Looks":1}""", verdict.Output());
    }

    [Fact]
    public async Task HumanInteraction_AnsweredOrNot_GoesOnEitherWay()
    {
        await using var app = await samples.StartAsync("HumanInteraction");
        var asked = await app.StartAsync(HttpMethod.Post, "api/expenses", new { what = "taxi", cents = 2_000, answerWithin = "1.00:00:00" });
        var decision = $"api/expenses/{asked.Segments[^1]}/decision";
        using var decided = await app.SendAsync(HttpMethod.Post, decision, JsonContent.Create(new { isApproved = true, by = "kim" }));
        var answered = await app.EndAsync(asked);
        using var late = await app.SendAsync(HttpMethod.Post, decision, JsonContent.Create(new { isApproved = false, by = "lee" }));
        var unanswered = await app.RunAsync(HttpMethod.Post, "api/expenses", new { what = "taxi", cents = 2_000, answerWithin = "00:00:00.1" });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.NotFound), (decided.StatusCode, late.StatusCode));
        Assert.Equal("""{"Status":"Approved","By":"kim"}""", answered.Output());
        Assert.Equal("""{"Status":"Escalated","By":"accounting"}""", unanswered.Output());
    }

    [Fact]
    public async Task Counter_KilledAfterItsAnswers_HasCountedAll()
    {
        await using (var app = await samples.StartAsync("Counter"))
        {
            for (var i = 1; i <= 10; i++)
            {
                using var added = await app.SendAsync(HttpMethod.Post, $"api/counters/visits/add/{i}");
                Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
            }
        }

        await using var again = await samples.StartAsync("Counter");
        var count = await again.UntilAsync("api/counters/visits", static count => count.GetInt64() >= 55);

        Assert.Equal(55, count.GetInt64());
    }

    [Fact]
    public async Task BankTransfer_ManyToAndFro_KeepTheSum()
    {
        await using var app = await samples.StartAsync("BankTransfer");
        string[] owners = ["ada", "bob", "eve"];
        foreach (var owner in owners)
        {
            using var opened = await app.SendAsync(HttpMethod.Put, $"api/accounts/{owner}/100");
        }

        var ended = await Task.WhenAll(Enumerable.Range(0, 24).Select(n => app.RunAsync(
            HttpMethod.Put, $"api/transfers/t{n}", new { from = owners[n % 3], to = owners[(n + 1 + (n % 2)) % 3], cents = 10 + n })));
        var tooMuch = await app.RunAsync(HttpMethod.Put, "api/transfers/big", new { from = "ada", to = "bob", cents = 301 });
        var again = await app.RunAsync(HttpMethod.Put, "api/transfers/t0", new { from = "ada", to = "bob", cents = 10 });
        var balances = await Task.WhenAll(owners.Select(owner => app.Http.GetFromJsonAsync<long>(new Uri($"api/accounts/{owner}", UriKind.Relative))));

        Assert.Contains("Moved", ended.Select(static transfer => transfer.Output()));
        Assert.Equal("Not enough money", tooMuch.Output());
        // Named as before, it is the transfer of before.
        Assert.Equal(ended[0].GetProperty("createdTime").GetString(), again.GetProperty("createdTime").GetString());
        Assert.Equal(300, balances.Sum());
        Assert.All(balances, static cents => Assert.InRange(cents, 0, 300));
    }

    [Fact]
    public async Task BankTransfer_TestsOfTheApp_PassThroughACrashAtEachCommit() =>
        await samples.DotnetAsync("test", "BankTransfer.Tests", "--no-build");

    [Fact]
    public async Task ClassSyntax_Order_IsBilledByItsClasses()
    {
        await using var app = await samples.StartAsync("ClassSyntax");

        var bill = await app.RunAsync(HttpMethod.Post, "api/bills", new[] { new { item = "tea", count = 2 }, new { item = "cup", count = 1 } });

        Assert.Equal("2100", bill.Output());
    }

    [Fact]
    public async Task AsyncHttp_LongWork_Is202UntilItIsTheResult()
    {
        await using var app = await samples.StartAsync("AsyncHttp");
        using var quick = await app.SendAsync(HttpMethod.Post, "api/primes/100?wait=60");
        using var slow = await app.SendAsync(HttpMethod.Post, "api/primes/100000000?wait=0");
        using var status = await app.Http.GetAsync(slow.Headers.Location);
        var end = await app.RunAsync(HttpMethod.Post, "api/primes/1000000");

        Assert.Equal(HttpStatusCode.OK, quick.StatusCode);
        Assert.Equal("25", (await quick.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("SerializedOutput").GetString());
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (slow.StatusCode, status.StatusCode));
        Assert.Equal("78498", end.Output());
    }

    [Fact]
    public async Task LargePayloads_MegabytesOfLines_ComeBackSorted()
    {
        await using var app = await samples.StartAsync("LargePayloads");
        var lines = Enumerable.Range(0, 100_000).Select(static n => $"line {(n * 7919L) % 1_000_003:D7} äöü").ToList();
        using var started = await app.SendAsync(HttpMethod.Post, "api/sorted-lines", new StringContent(string.Join('\n', lines)));
        _ = await app.EndAsync(started.Headers.Location!);

        var sorted = await app.Http.GetStringAsync(new Uri($"api/sorted-lines/{started.Headers.Location!.Segments[^1]}", UriKind.Relative));

        Assert.True(sorted.Length > 1_000_000, $"Expected more than a million characters, found {sorted.Length}.");
        Assert.Equal(string.Join('\n', lines.Order(StringComparer.Ordinal)), sorted);
    }

    [Fact]
    public async Task Tracing_Request_IsOneTraceOfHostAndApp()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var missing = new List<string>
        {
            "create_orchestration:CheckOut", "orchestration:CheckOut", "activity:Charge", "activity:Ship", "call the bank", "print the label",
        };
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await LoopbackServer.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            // A span's name is text in a binary message: what is around it does not matter here.
            var message = Encoding.Latin1.GetString(body.ToArray());
            lock (missing)
            {
                _ = missing.RemoveAll(name => message.Contains(name, StringComparison.Ordinal));
                if (missing.Count == 0)
                {
                    _ = all.TrySetResult();
                }
            }
        });
        await using var app = await samples.StartAsync("Tracing", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        });
        app.Http.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");

        var end = await app.RunAsync(HttpMethod.Post, "api/checkouts/order-7");
        await all.Task.WaitAsync(DotnetTool.Patience);

        Assert.Equal($"""["{Trace}","{Trace}"]""", end.Output());
    }

    [Fact]
    public async Task TimersAndQueues_Messages_AreKeptOrSetAside()
    {
        await using var app = await samples.StartAsync("TimersAndQueues");
        using var good = await app.SendAsync(HttpMethod.Post, "api/readings", JsonContent.Create(new { sensor = "hall", celsius = 21.5, at = DateTimeOffset.UnixEpoch }));
        using var bad = await app.SendAsync(HttpMethod.Post, "api/readings", new StringContent("quite warm"));

        var refused = await app.UntilAsync("api/refused", static messages => messages.GetArrayLength() > 0);
        var hall = await app.UntilFoundAsync("api/sensors/hall");
        var timer = await app.UntilFoundAsync("api/sensors/timer");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (good.StatusCode, bad.StatusCode));
        Assert.Equal("""["quite warm"]""", refused.ToString());
        Assert.Equal(21.5, hall.GetProperty("Celsius").GetDouble());
        Assert.InRange(timer.GetProperty("Celsius").GetDouble(), 15, 25);
        // As host.json of the sample has it.
        Assert.Contains("it failed 3 times", app.Output, StringComparison.Ordinal);
    }
}
