using System.Net;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Http.Management;

namespace EmbeddedHost.Tests.Http.Keys;

/// <summary>Which key opens what, over HTTP.</summary>
public sealed class KeyGateTests
{
    private const HttpStatusCode Open = HttpStatusCode.OK;
    private const HttpStatusCode NoKey = HttpStatusCode.Unauthorized;
    private const HttpStatusCode WrongKey = HttpStatusCode.Unauthorized;
    private const HttpStatusCode NotForManagement = HttpStatusCode.Forbidden;

    [Theory]
    [InlineData("api/open", null, Open)]
    [InlineData("api/open", "made-up", Open)]
    [InlineData("api/closed", null, NoKey)]
    [InlineData("api/closed", "made-up", NoKey)]
    [InlineData("api/closed", "closed", Open)]
    [InlineData("api/closed", "other", WrongKey)]
    [InlineData("api/closed", KeySet.Host, Open)]
    [InlineData("api/closed", KeySet.System, WrongKey)]
    [InlineData("api/closed", KeySet.Master, Open)]
    [InlineData("api/admin", null, NoKey)]
    [InlineData("api/admin", KeySet.Host, WrongKey)]
    [InlineData("api/admin", KeySet.System, WrongKey)]
    [InlineData("api/admin", KeySet.Master, Open)]
    [InlineData(ManagedHost.Instances, null, NoKey)]
    [InlineData(ManagedHost.Instances, "closed", NotForManagement)]
    [InlineData(ManagedHost.Instances, KeySet.Host, NotForManagement)]
    [InlineData(ManagedHost.Instances, KeySet.System, Open)]
    [InlineData(ManagedHost.Instances, KeySet.Master, Open)]
    [InlineData(ManagedHost.Instances + "/nobody/dance", null, NoKey)]
    [InlineData("api/nowhere", null, HttpStatusCode.NotFound)]
    public async Task Key_ByHeaderOrQuery_OpensWhatItsLevelAllows(string address, string? set, HttpStatusCode expected)
    {
        await using var keyed = await KeyedHost.StartAsync();
        var secret = set is null ? null : keyed.Secret(set);

        Assert.Equal(expected, await keyed.GetAsync(address, secret));
        Assert.Equal(expected, await keyed.GetAsync(address, secret, inQuery: true));
    }

    [Fact]
    public async Task Refusal_SaysWhatToSend()
    {
        await using var keyed = await KeyedHost.StartAsync();
        using var response = await keyed.SendAsync(HttpMethod.Get, "api/closed", secret: null);

        Assert.Contains("x-functions-key", await response.DetailAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("closed", "Function closed")]
    [InlineData(KeySet.Host, "Function _host")]
    [InlineData(KeySet.Master, "Admin _master")]
    public async Task Function_SeesTheCallersLevel(string set, string expected)
    {
        await using var keyed = await KeyedHost.StartAsync();
        using var response = await keyed.SendAsync(HttpMethod.Get, "api/closed", keyed.Secret(set));

        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(KeySet.System)]
    [InlineData(KeySet.Master)]
    public async Task ManagementLinks_OfTheManagementApi_CarryTheCallersKey(string set)
    {
        await using var keyed = await KeyedHost.StartAsync();
        var secret = keyed.Secret(set);
        using var response = await keyed.SendAsync(HttpMethod.Post, ManagedHost.Orchestrators + "/quick/one", secret);
        var links = await response.JsonAsync();
        var status = links.GetProperty("statusQueryGetUri").GetString()!;

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.All(
            links.EnumerateObject().Where(link => link.Name != "id"),
            link => Assert.Contains("code=" + secret, link.Value.GetString(), StringComparison.Ordinal));
        Assert.NotEqual(NoKey, await keyed.GetAsync(status, secret: null));
    }

    [Fact]
    public async Task Loopback_WithoutRequireKeys_AsksForNone_EvenWhereThereAreKeys()
    {
        await using var keyed = await KeyedHost.StartAsync("--address", "127.0.0.1");

        Assert.Equal(Open, await keyed.GetAsync("api/closed", secret: null));
        Assert.Equal(Open, await keyed.GetAsync(ManagedHost.Instances, secret: null));
    }

    [Fact]
    public async Task Call_KeyFileDamagedMeanwhile_IsAProblemThatNamesTheCause()
    {
        await using var keyed = await KeyedHost.StartAsync();
        await File.WriteAllTextAsync(keyed.Store.FilePath, "damaged");
        File.SetLastWriteTimeUtc(keyed.Store.FilePath, DateTime.UtcNow.AddSeconds(1));

        using var response = await keyed.SendAsync(HttpMethod.Get, "api/closed", keyed.Secret("closed"));

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = await response.Content.ReadAsStringAsync();
        Assert.Contains("cannot read its keys", body, StringComparison.Ordinal);
        Assert.DoesNotContain(keyed.Store.FilePath, body, StringComparison.Ordinal);
        Assert.Equal(NoKey, await keyed.GetAsync("api/closed", secret: null));
    }

    [Fact]
    public async Task Reset_KeepsTheKeys()
    {
        await using var keyed = await KeyedHost.StartAsync("--require-keys", "--reset");

        Assert.Equal(Open, await keyed.GetAsync("api/closed", keyed.Secret("closed")));
    }

    [Fact]
    public async Task OtherAddress_AsksForKeys_AndAnswersToAnyHost()
    {
        await using var keyed = await KeyedHost.StartAsync("--address", "0.0.0.0");
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/closed");
        request.Headers.Host = "shop.example";
        request.Headers.Add("x-functions-key", keyed.Secret("closed"));
        using var response = await keyed.Host.Http.SendAsync(request);

        Assert.Equal(Open, response.StatusCode);
        Assert.Equal(NoKey, await keyed.GetAsync("api/closed", secret: null));
        Assert.Equal(NoKey, await keyed.GetAsync(ManagedHost.Instances, secret: null));
    }

    [Fact]
    public async Task Rotation_WhileTheHostRuns_LeavesTheOldKeyValidForTheOverlap()
    {
        await using var keyed = await KeyedHost.StartAsync();
        var old = keyed.Secret("closed");

        var second = keyed.Make(TimeSpan.FromHours(1), "closed")[0].Secret;
        Assert.Equal(Open, await keyed.GetAsync("api/closed", old));
        Assert.Equal(Open, await keyed.GetAsync("api/closed", second));

        var third = keyed.Make(TimeSpan.Zero, "closed")[0].Secret;
        Assert.Equal(NoKey, await keyed.GetAsync("api/closed", old));
        Assert.Equal(NoKey, await keyed.GetAsync("api/closed", second));
        Assert.Equal(Open, await keyed.GetAsync("api/closed", third));
        Assert.Equal(Open, await keyed.GetAsync("api/other", keyed.Secret("other")));
    }
}
