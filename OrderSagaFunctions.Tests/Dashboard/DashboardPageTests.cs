using System.Net;
using System.Text.RegularExpressions;
using EmbeddedHost.Testing;
using OrderSagaFunctions.Dashboard;
using OrderSagaFunctions.Tests.CrashPoints;

namespace OrderSagaFunctions.Tests.Dashboard;

/// <summary>How the page is served; what it does in a browser is tested there.</summary>
public sealed partial class DashboardPageTests
{
    private const int MostBytes = 150_000;

    [Fact]
    public async Task Get_Page_MayLoadNothingButItsOwnFiles()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, "");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Get_EachFileThatAFileNames_IsThere()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var toRead = new Queue<string>([""]);

        while (toRead.TryDequeue(out var file))
        {
            using var answer = await GetAsync(host, file);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            foreach (Match named in FileName().Matches(await answer.Content.ReadAsStringAsync()))
            {
                if (seen.Add(named.Groups["name"].Value))
                {
                    toRead.Enqueue($"/{named.Groups["name"].Value}");
                }
            }
        }

        // None is left that no other file names.
        Assert.Equal(DashboardFile.All.Keys.Except([DashboardFile.Page]).Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Get_FileThatIsKnown_IsNotSentAgain()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);
        using var first = await GetAsync(host, "/main.js");

        using var again = await GetAsync(host, "/main.js", first.Headers.ETag!.ToString());
        using var other = await GetAsync(host, "/dom.js", first.Headers.ETag!.ToString());

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/nothing.js")]
    [InlineData("/..%2Fhost.json")]
    [InlineData("/Main.js")]
    public async Task Get_FileThatIsNotThere_IsNamed(string file)
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, file);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(file[(file.LastIndexOfAny(['/', 'F']) + 1)..], await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PageWithASlashAtItsEnd_LeadsToTheOneWithout()
    {
        await using var host = await DurableTestHost.StartAsync(OrderRun.App);

        using var answer = await GetAsync(host, "/");

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal("/api/dashboard", answer.Headers.Location?.OriginalString);
    }

    [Fact]
    public void Files_Together_AreBelow150KilobytesAndNameNoOtherHost()
    {
        Assert.InRange(DashboardFile.All.Values.Sum(static file => file.Content.Length), 10_000, MostBytes);
        Assert.All(DashboardFile.All.Values, static file => Assert.DoesNotMatch(
            OtherHost(), System.Text.Encoding.UTF8.GetString(file.Content).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)));
    }

    private static async Task<HttpResponseMessage> GetAsync(DurableTestHost host, string file, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/dashboard" + file, UriKind.Relative));
        if (known is not null)
        {
            request.Headers.IfNoneMatch.ParseAdd(known);
        }

        return await host.HttpClient.SendAsync(request);
    }

    // As the page names them, and as modules do.
    [GeneratedRegex("""("dashboard/|from '\./)(?<name>[a-z-]+\.(js|css))""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FileName();

    [GeneratedRegex("https?://|\\bws:|src=\"//", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OtherHost();
}
