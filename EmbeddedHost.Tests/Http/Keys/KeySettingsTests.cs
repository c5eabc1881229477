using System.Net;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Http.Keys;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Http.Management;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace EmbeddedHost.Tests.Http.Keys;

/// <summary>Keys that come as settings: what they open over HTTP, and which ones are refused.</summary>
public sealed class KeySettingsTests
{
    private const string Master = "EmbeddedHost__Keys___master";
    private const string Secret = "0123456789abcdefghijklmnopqrstuv";
    private const string Other = "vutsrqponmlkjihgfedcba9876543210";

    private static readonly string[] Sets = [KeySet.Master, KeySet.Host, KeySet.System, "closed"];

    [Theory]
    [InlineData("EmbeddedHost__Keys___master", "api/admin", HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys___master", ManagedHost.Instances, HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys___host", "api/closed", HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys___host", "api/admin", HttpStatusCode.Unauthorized)]
    [InlineData("EmbeddedHost__Keys___system", ManagedHost.Instances, HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys__closed", "api/closed", HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys__CLOSED__1", "api/closed", HttpStatusCode.OK)]
    [InlineData("EmbeddedHost__Keys__closed", "api/other", HttpStatusCode.Unauthorized)]
    public async Task Key_OfASetting_OpensWhatItsSetOpens(string setting, string address, HttpStatusCode expected)
    {
        await using var host = await StartAsync($"\"{setting}\": \"{Secret}\"");

        Assert.Equal(expected, await GetAsync(host, address, Secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(host, address, Other));
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(host, address, Secret + "x"));
    }

    [Fact]
    public async Task Keys_SeveralOfASet_OpenAlike()
    {
        await using var host = await StartAsync($"\"{Master}__0\": \"{Secret}\", \"{Master}__1\": \"{Other}\"");

        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, "api/admin", Secret));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, "api/admin", Other));
    }

    [Fact]
    public async Task Keys_OfSettingsAndOfTheFolder_BothOpen()
    {
        using var folder = new TemporaryFolder();
        var made = KeyMaker.Make(new KeyStore(folder.Path), ["closed"], TimeSpan.Zero, DateTimeOffset.UtcNow)[0].Secret;
        await using var host = await StartAsync($"\"{Master}\": \"{Secret}\"", "--data", folder.Path);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, "api/closed", made));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(host, "api/closed", Secret));
    }

    [Fact]
    public void Find_KeyThatHasEndedInTheFolder_IsValidByItsSetting()
    {
        using var folder = new TemporaryFolder();
        var store = new KeyStore(folder.Path);
        var now = DateTimeOffset.UtcNow;
        store.Change(_ => [new AccessKey("closed", AccessKey.HashOf(Secret), now, Expires: now)]);
        var ofSettings = Read(("EmbeddedHost:Keys:closed", Secret));

        Assert.Equal("closed", new KeyRing(store, ofSettings, TimeProvider.System, NullLogger.Instance).Find(Secret)?.Set);
        Assert.Null(new KeyRing(store, [], TimeProvider.System, NullLogger.Instance).Find(Secret));
    }

    [Fact]
    public async Task Start_SettingThatIsNoKey_IsRefusedNamingItAndNotItsValue()
    {
        var error = await Assert.ThrowsAsync<HostStartupException>(() => StartAsync($"\"{Master}\": \"hunter2\""));

        Assert.Equal($"{Master} is no key: expected 32 to 256 visible ASCII characters, such as --create-keys makes, found 7.", error.Message);
    }

    [Theory]
    [InlineData("EmbeddedHost:Keys", Secret, "EmbeddedHost__Keys is one value, expected a key for each set under it, as in EmbeddedHost__Keys___master.")]
    [InlineData("EmbeddedHost:Keys:master", Secret, "EmbeddedHost__Keys__master is the key of no set: expected one of _master, _host, _system, closed, as in EmbeddedHost__Keys___master.")]
    [InlineData("EmbeddedHost:Keys:_master", "", "found 0.")]
    [InlineData("EmbeddedHost:Keys:_master", "0123456789abcdefghijklmnopqrstu", "found 31.")]
    [InlineData("EmbeddedHost:Keys:_master", Secret + "\n", "found 33, not all of them such.")]
    [InlineData("EmbeddedHost:Keys:_master", Secret + "ä", "found 33, not all of them such.")]
    [InlineData("EmbeddedHost:Keys:_master:first", Secret, "EmbeddedHost__Keys___master__first is no setting: several keys of a set are EmbeddedHost__Keys___master__0, EmbeddedHost__Keys___master__1 and so on.")]
    [InlineData("EmbeddedHost:Keys:_master:0:0", Secret, "EmbeddedHost__Keys___master__0 is no setting")]
    public void Read_SettingThatIsNoKey_IsNamed(string name, string value, string told)
    {
        var error = Assert.Throws<HostStartupException>(() => Read((name, value)));

        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OneKeyForTwoSets_IsRefusedNamingBoth()
    {
        var error = Assert.Throws<HostStartupException>(() => Read(("EmbeddedHost:Keys:_host", Secret), ("EmbeddedHost:Keys:_master", Secret)));

        Assert.Equal("EmbeddedHost__Keys___master is the same key as EmbeddedHost__Keys___host: each has to be another one.", error.Message);
    }

    [Fact]
    public void ListKeys_OfSettings_NamesThemAndNoSecret()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        _ = folder.Write("local.settings.json", $$"""{"Values":{ "{{Master}}": "{{Secret}}", "EmbeddedHost__Keys__closed__0": "{{Other}}" } }""");

        Assert.True(HostCommands.TryRun(new HostSetup
        {
            Arguments = ["--data", folder.Path, "--list-keys"], FunctionTypes = [typeof(KeyedFunctions)], ContentRoot = folder.Path, Output = output,
        }));

        Assert.Contains($"  _master: {Master}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("  closed: EmbeddedHost__Keys__closed__0", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<AccessKey> Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        return KeySettings.Read(configuration, Sets);
    }

    private static Task<RunningHost> StartAsync(string settings, params string[] arguments) => RunningHost.StartAsync(
        [typeof(KeyedFunctions), typeof(ManagedFunctions)], localSettings: $"{{\"Values\":{{{settings}}}}}", arguments: ["--require-keys", .. arguments]);

    private static async Task<HttpStatusCode> GetAsync(RunningHost host, string address, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("x-functions-key", secret);
        using var response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }
}
