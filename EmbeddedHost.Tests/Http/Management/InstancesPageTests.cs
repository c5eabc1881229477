using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using EmbeddedHost.Http.Management;
using EmbeddedHost.Tests.Http.Keys;

namespace EmbeddedHost.Tests.Http.Management;

/// <summary>How the page of the instances is served; what it does in a browser is tested there.</summary>
public sealed partial class InstancesPageTests
{
    private const string Page = "/runtime/webhooks/durabletask";

    [Fact]
    public async Task Get_Page_MayLoadNothingButItsOwnFiles()
    {
        await using var host = await ManagedHost.StartAsync();

        using var answer = await host.Http.GetAsync(ManagedHost.Address(Page));

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Get_EachFileThatAFileNames_IsThereAndNoneIsLeft()
    {
        await using var host = await ManagedHost.StartAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var toRead = new Queue<string>([Page]);

        while (toRead.TryDequeue(out var file))
        {
            var text = await host.Http.GetStringAsync(ManagedHost.Address(file));
            foreach (var name in FileName().Matches(text).Select(static match => match.Groups["name"].Value).Where(seen.Add))
            {
                toRead.Enqueue($"{Page}/page/{name}");
            }
        }

        Assert.Equal(PageFile.All.Keys.Except(["instances.html"]).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_FileThatIsKnown_IsNotSentAgain()
    {
        await using var host = await ManagedHost.StartAsync();
        using var first = await host.Http.GetAsync(ManagedHost.Address($"{Page}/page/main.js"));
        using var request = new HttpRequestMessage(HttpMethod.Get, ManagedHost.Address($"{Page}/page/main.js"));
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var again = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("..%2Fhost.json")]
    [InlineData("Main.js")]
    public async Task Get_FileThatIsNotThere_IsNamed(string file)
    {
        await using var host = await ManagedHost.StartAsync();

        using var answer = await host.Http.GetAsync(ManagedHost.Address($"{Page}/page/{file}"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(Uri.UnescapeDataString(file).Split('/')[^1], await answer.DetailAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PageWithASlashAtItsEnd_LeadsToTheOneWithout()
    {
        await using var host = await ManagedHost.StartAsync();
        using var direct = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Http.BaseAddress };

        using var answer = await direct.GetAsync(ManagedHost.Address($"{Page}/"));

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal(Page, answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Get_HostThatAsksForKeys_ServesThePageAndNoData()
    {
        await using var keyed = await KeyedHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, await keyed.GetAsync(Page, secret: null));
        Assert.Equal(HttpStatusCode.OK, await keyed.GetAsync($"{Page}/page/main.js", secret: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await keyed.GetAsync($"{Page}/instances", secret: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await keyed.GetAsync($"{Page}/page", secret: null));
    }

    [Fact]
    public void Files_Together_AreBelow60KilobytesAndNameNoOtherHost()
    {
        Assert.InRange(PageFile.All.Values.Sum(static file => file.Content.Length), 10_000, 60_000);
        Assert.All(PageFile.All.Values, static file => Assert.DoesNotMatch(
            OtherHost(), Encoding.UTF8.GetString(file.Content).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)));
    }

    // As the page names them, and as modules do.
    [GeneratedRegex("""("durabletask/page/|from '\./)(?<name>[a-z-]+\.(js|css))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex("https?://|\\bws:|src=\"//", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherHost();
}
