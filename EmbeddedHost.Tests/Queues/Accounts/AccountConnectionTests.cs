using System.Net;
using System.Web;
using Azure.Storage.Sas;
using EmbeddedHost.Framework.AzureStorage;
using EmbeddedHost.Hosting;
using EmbeddedHost.Hosting.Configuration;
using EmbeddedHost.Hosting.Startup;
using EmbeddedHost.Queues;
using EmbeddedHost.Testing;
using EmbeddedHost.Tests.Hosting;
using EmbeddedHost.Tests.Storage.Azurite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Queues.Accounts;

/// <summary>The way to a storage account: which connection leads there, what is told of one that does not, and how its loss is ridden out.</summary>
public sealed class AccountConnectionTests
{
    // Of Azurite's own form, and of no account.
    private const string WrongKey = "c2VjcmV0LXNlY3JldC1zZWNyZXQ=";

    [Theory]
    [InlineData("AzureWebJobsShop")]
    [InlineData("ConnectionStrings:Shop")]
    [InlineData("ConnectionStrings:AzureWebJobsShop")]
    public async Task Start_ConnectionUnderAnyOfItsNames_IsServed(string setting)
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync(setting: setting);

        await app.SendAsync("a");

        Assert.Equal("a 1", await app.Inbox.NextAsync());
    }

    [Fact]
    public async Task Start_WrongKey_IsToldOnceByFunctionsAndConnection()
    {
        await using var app = await AccountApp.OpenAsync();

        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => app.StartAsync(
            connection: $"AccountName=functions;AccountKey={WrongKey};QueueEndpoint={app.Client.Uri}"));

        Assert.Contains("'Work': the storage account of the connection 'Shop' cannot be used: it refuses the key or the identity (", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongKey, refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(WrongKey, app.Lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_MissingAccount_IsTold()
    {
        await using var app = await AccountApp.OpenAsync();

        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => app.StartAsync(
            connection: app.Connection.Replace("functions", "nobody", StringComparison.Ordinal)));

        Assert.Contains("the storage account of the connection 'Shop' cannot be used: it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_NothingListensThere_IsTold()
    {
        await using var app = await AccountApp.OpenAsync();
        var proxy = new CutProxy(app.Client.Uri.Port);
        await proxy.DisposeAsync();

        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => app.StartAsync(connection: app.Through(proxy)));

        Assert.Contains("the connection 'Shop' cannot be used: it cannot be reached (", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_FunctionIsDisabled_ItsConnectionIsNotTried()
    {
        await using var app = await AccountApp.OpenAsync();

        await using var host = await app.StartAsync(
            connection: $"AccountName=functions;AccountKey={WrongKey};QueueEndpoint={app.Client.Uri}",
            configure: static builder => builder.Configuration["AzureWebJobs.Take.Disabled"] = "true",
            functions: typeof(AccountOnlyFunctions));

        await app.Lines.HaveAsync("Function 'Take' is disabled by a setting");
    }

    [Fact]
    public async Task Trigger_ConnectionIsLost_IsToldOnceAndGoesOnWhenItIsBack()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var proxy = new CutProxy(app.Client.Uri.Port);
        await using var host = await app.StartAsync(connection: app.Through(proxy));
        await app.SendAsync("a");
        Assert.Equal("a 1", await app.Inbox.NextAsync());

        proxy.Cut();
        await app.Lines.HaveAsync($"The queue '{app.In}' of the connection 'Shop' gives no messages, and is asked again until it does: it ");
        await app.SendAsync("b");
        var post = host.Http.PostAsync(new Uri("api/Post", UriKind.Relative), content: null);
        proxy.Mend();

        Assert.Equal("b 1", await app.Inbox.NextAsync());
        using var answer = await post;
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await app.Lines.HaveAsync("answers again");
        Assert.Single(app.Lines.ToString().Split("gives no messages").Skip(1));
        Assert.DoesNotContain(KeyOf(app), app.Lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trigger_AccountLetsTheAppOnlyRead_IsToldOnceAndItsOutputsFail()
    {
        await using var app = await AccountApp.OpenAsync();
        await app.SendAsync("a");
        var signature = app.Client.GenerateAccountSasUri(AccountSasPermissions.Read, DateTimeOffset.MaxValue, AccountSasResourceTypes.All).Query[1..];
        await using var host = await app.StartAsync(connection: $"QueueEndpoint={app.Client.Uri};SharedAccessSignature={signature}");

        await app.Lines.HaveAsync($"The queue '{app.In}' of the connection 'Shop' gives no messages, and is asked again until it does: it refuses the key or the identity (");
        using var answer = await host.Http.PostAsync(new Uri("api/Post", UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var lines = app.Lines.ToString();
        Assert.Contains($"A message could not be sent to the queue '{app.Out}' of the connection 'Shop': it refuses the key or the identity (", lines, StringComparison.Ordinal);
        Assert.DoesNotContain(signature, lines, StringComparison.Ordinal);
        Assert.DoesNotContain(HttpUtility.ParseQueryString(signature)["sig"]!, lines, StringComparison.Ordinal);
        Assert.Single(lines.Split("gives no messages").Skip(1));
        Assert.Empty(app.Inbox.Take());
    }

    [Fact]
    public async Task Trigger_HostIsCutOffWhileItsFunctionRuns_AnotherGetsTheMessageWhenItsTimeIsUp()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var proxy = new CutProxy(app.Client.Uri.Port);
        await using var first = await app.StartAsync(connection: app.Through(proxy), hidden: TimeSpan.FromSeconds(3));
        await app.SendAsync("held");
        Assert.Equal("held 1", await app.Inbox.NextAsync());

        proxy.Cut();
        await using var second = await app.StartAsync();
        Assert.Equal("held 2", await app.Inbox.NextAsync());
        // Before the functions end: what the first one sends is not to fail of the line.
        proxy.Mend();
        app.Hold.Free();

        await app.CountAsync(app.In, 0);
        await app.Lines.HaveAsync($"of the queue '{app.In}' was deleted or updated meanwhile.");
        Assert.Empty(app.Inbox.Take());
    }

    [Fact]
    public async Task Output_OfFunctionsOfTheHostsOwnTriggers_GoesToTheAccount()
    {
        await using var app = await AccountApp.OpenAsync();
        await using var host = await app.StartAsync();

        using var answer = await host.Http.PostAsync(new Uri("api/Post", UriKind.Relative), content: null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["POST"], await app.BodiesAsync(app.Out));
        await QueueCalls.SendAsync(host.Services, "own", BinaryData.FromString("onward"));
        await app.CountAsync(app.Out, 2);

        Assert.Equal(["POST", "onward"], await app.BodiesAsync(app.Out));
        await QueueCalls.CountAsync(host.Services, "own", 0);
    }

    [Fact]
    public async Task Start_MicrosoftsEngine_ServesTheQueuesOfItsStorageOnEachHost()
    {
        await using var app = await AccountApp.OpenAsync();
        var hub = $"\"hubName\": \"q{Guid.NewGuid():N}\", \"storageProvider\": {{ \"partitionCount\": 1 }}";
        Task<RunningHost> Start() => app.StartAsync(
            setting: "AzureWebJobsStorage", functions: typeof(OwnStorageFunctions), durableTask: hub, arguments: ["--engine", "AzureStorage"]);
        await using var second = await Start();
        await using (var first = await Start())
        {
            await app.SendAsync("a");
            Assert.Equal("a", await app.Inbox.NextAsync());
        }

        await app.SendAsync("b");
        Assert.Equal("b", await app.Inbox.NextAsync());
        await app.CountAsync(app.Out, 2);
        await app.CountAsync(app.In, 0);
    }

    [Fact]
    public async Task Of_DevelopmentStorage_IsTheEmulatorWhereTheHostHasNoQueues()
    {
        await using var host = await RunningHost.StartAsync([typeof(OutputFunctions)], localSettings: """{ "Values": { "Next": "next" } }""");
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", "UseDevelopmentStorage=true"), new("Shop", "UseDevelopmentStorage=true")]).Build();
        var binding = new EmbeddedHost.Hosting.Discovery.QueueBinding("texts", "Shop");

        var without = WithoutOwn(settings, host.Services);

        Assert.Null(without.Error(binding));
        _ = Assert.IsType<AccountQueueBackend>(without.Of(binding));
        _ = Assert.IsType<AccountQueueBackend>(without.Of(binding with { Connection = null }));
        Assert.Equal(new Uri("http://127.0.0.1:10001/devstoreaccount1"), StorageConnection.Read(settings, "Shop").Queues().Uri);
        _ = Assert.IsType<EmbeddedQueueBackend>(host.Services.GetRequiredService<QueueConnections>().Of(binding with { Connection = null }));
    }

    [Theory]
    [InlineData("Shop:accountName", "shop", "https://shop.queue.core.windows.net/")]
    [InlineData("Shop:queueServiceUri", "https://shop.queue.example/", "https://shop.queue.example/")]
    [InlineData("AzureWebJobsShop:serviceUri", "https://shop.queue.example/", "https://shop.queue.example/")]
    public void Read_AccountAndIdentity_LeadsThere(string key, string value, string expected)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new(key, value), new(key[..key.IndexOf(':', StringComparison.Ordinal)] + ":clientId", "00000000-0000-0000-0000-000000000001")]).Build();

        Assert.Equal(new Uri(expected), StorageConnection.Read(settings, "Shop").Queues().Uri);
    }

    [Theory]
    [InlineData("Shop", "", "The storage connection 'Shop' is not set: set AzureWebJobsShop to a connection string")]
    [InlineData("Shop:clientId", "c2VjcmV0", "The storage connection 'Shop' names no account: set Shop__accountName, or Shop__queueServiceUri")]
    [InlineData("Shop", "AccountKey=c2VjcmV0", "Setting Shop is not a storage connection string")]
    [InlineData("Shop:queueServiceUri", "shop", "Setting Shop__queueServiceUri should be an address such as https://name.queue.core.windows.net, found 'shop'")]
    [InlineData("Shop:queueServiceUri", "http://shop.queue.example/", "Setting Shop__queueServiceUri should be an address such as https://")]
    public void Read_ConnectionThatIsNone_IsRefusedWithWhatToSet(string key, string value, string expected)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

        var refusal = Assert.Throws<HostStartupException>(() => StorageConnection.Read(settings, "Shop").Queues());

        Assert.StartsWith(expected, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_AccountOnTheTestHost_IsRefusedWithWhatToSet()
    {
        var refusal = await Assert.ThrowsAsync<HostStartupException>(() => DurableTestHost.StartAsync(new DurableTestHostOptions
        {
            FunctionTypes = [typeof(AccountOnlyFunctions)],
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["In"] = "in-1",
                ["Out"] = "out-1",
                ["Shop"] = $"AccountName=functions;AccountKey={WrongKey};QueueEndpoint=http://127.0.0.1:1/functions",
            },
            ConfigureServices = static services => services.AddSingleton<Inbox>(),
        }));

        Assert.Contains("its connection 'Shop' leads to a storage account, which the test host does not simulate", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(WrongKey, refusal.ToString(), StringComparison.Ordinal);
    }

    private static QueueConnections WithoutOwn(IConfiguration configuration, IServiceProvider services) => new(
        configuration, services.GetRequiredService<HostSettings>(), services.GetRequiredService<HostSetup>(), TimeProvider.System, own: null);

    private static string KeyOf(AccountApp app) =>
        app.Connection.Split(';').Single(static part => part.StartsWith("AccountKey=", StringComparison.Ordinal))["AccountKey=".Length..];

}
