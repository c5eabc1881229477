using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Specialized;
using EmbeddedHost.Storage;
using EmbeddedHost.Storage.Pairing;
using EmbeddedHost.Storage.Queues;
using EmbeddedHost.Storage.Tables;
using Microsoft.Extensions.DependencyInjection;

namespace EmbeddedHost.Tests.Storage.Queues;

/// <summary>What is particular to the embedded queues: who gets them, where they are, and what they refuse.</summary>
public sealed class EmbeddedQueuesTests(EmbeddedQueueFixture embedded) : IClassFixture<EmbeddedQueueFixture>
{
    private const string Development = "UseDevelopmentStorage=true";
    private const string Elsewhere = "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

    [Fact]
    public async Task Client_OfDevelopmentStorage_IsServedWithItsEncodingAndHandlers()
    {
        var refused = 0;
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        options.MessageDecodingFailed += _ => Task.FromResult(++refused);
        await using var provider = Provider(services => services.AddSingleton(_ => new QueueServiceClient(Development, options)));
        var queue = provider.GetRequiredService<QueueServiceClient>().GetQueueClient("encoded");
        await queue.CreateAsync();

        var sent = (await queue.SendMessageAsync("one")).Value;

        Assert.Equal("b25l", (await Plain("encoded").PeekMessageAsync()).Value.MessageText);
        Assert.Equal("one", (await queue.ReceiveMessageAsync()).Value.Body.ToString());
        await Plain("encoded").SendMessageAsync("not base64!");
        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);
        Assert.Equal(1, refused);
        Assert.Equal("http://127.0.0.1:10001/devstoreaccount1/encoded", queue.Uri.ToString());
        Assert.NotEmpty(sent.MessageId);
    }

    [Fact]
    public async Task Client_OfOneQueue_IsServedWhateverItsLifetime()
    {
        await using var provider = Provider(services => services.AddKeyedScoped("mine", static (_, _) => new QueueClient(Development, "single")));
        using var scope = provider.CreateScope();
        var queue = scope.ServiceProvider.GetRequiredKeyedService<QueueClient>("mine");

        await queue.CreateAsync();

        Assert.Equal("single", queue.Name);
        Assert.True(await Plain("single").ExistsAsync());
        Assert.True(await queue.GetParentQueueServiceClient().GetQueueClient("single").ExistsAsync());
    }

    [Fact]
    public void Client_OfAnotherAccount_StaysAsItIs()
    {
        var own = new QueueServiceClient(Elsewhere);
        using var provider = Provider(services => services.AddSingleton(own));

        Assert.Same(own, provider.GetRequiredService<QueueServiceClient>());
    }

    [Fact]
    public async Task Client_WhatOnlyAnAccountHas_IsRefusedByItsName()
    {
        var service = embedded.Client(new QueueClientOptions());

        Named("GetProperties", Assert.Throws<NotSupportedException>(() => service.GetProperties()));
        Named("GetStatistics", await Assert.ThrowsAsync<NotSupportedException>(() => service.GetStatisticsAsync()));
        Named("GetAccessPolicy", await Assert.ThrowsAsync<NotSupportedException>(() => Plain("any").GetAccessPolicyAsync()));
        Named("SetAccessPolicy", Assert.Throws<NotSupportedException>(() => Plain("any").SetAccessPolicy([])));
        Assert.False(service.CanGenerateAccountSasUri);

        static void Named(string operation, NotSupportedException refusal) => Assert.Contains(operation, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderFromBeforeThereWereQueues_HasThemAndItsRows()
    {
        using var data = new TempFolder();
        using (var folder = new DataFolder(data.Path, reset: false))
        using (var pair = DatabasePair.Open(folder, new DataFormats(0, 0), acceptMismatch: false, TimeProvider.System, DatabaseEnvironment.Default))
        {
            var tables = new EmbeddedTableServiceClient(new TableStore(pair.Tables)).GetTableClient("orders");
            await tables.CreateAsync();
            await tables.AddEntityAsync(new TableEntity("p", "r"));
            _ = new Dropping(pair.Tables.Committer).Run();
        }

        using var again = new DataFolder(data.Path, reset: false);
        using var opened = DatabasePair.Open(again, new DataFormats(0, 0), acceptMismatch: false, TimeProvider.System, DatabaseEnvironment.Default);
        var queue = new QueueClients(new QueueStore(opened.Tables, TimeProvider.System)).Service(new QueueClientOptions()).GetQueueClient("first");
        await queue.CreateAsync();
        await queue.SendMessageAsync("one");

        Assert.Equal("one", (await queue.ReceiveMessageAsync()).Value.MessageText);
        Assert.Equal("r", (await new EmbeddedTableServiceClient(new TableStore(opened.Tables)).GetTableClient("orders").GetEntityAsync<TableEntity>("p", "r")).Value.RowKey);
    }

    [Fact]
    public void CheckText_CharacterThatXmlDoesNotHave_IsRefused() =>
        Assert.Throws<QueueRefusal>(static () => QueueLimits.CheckText("a\u0001"));

    [Fact]
    public async Task Receive_EmptyQueue_CostsNoCommit()
    {
        using var folder = new TempFolder();
        using var database = new SqliteDatabase(folder.File("queues.db"), QueueSchema.Script);
        var queue = new QueueClients(new QueueStore(database, TimeProvider.System)).Service(new QueueClientOptions()).GetQueueClient("empty");
        await queue.CreateAsync();

        Assert.Empty((await queue.ReceiveMessagesAsync()).Value);
        Assert.Empty((await queue.PeekMessagesAsync()).Value);

        Assert.Equal(1, database.Committer.Commits);
    }

    private QueueClient Plain(string queue) => embedded.Client(new QueueClientOptions()).GetQueueClient(queue);

    private ServiceProvider Provider(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        QueueClients.Use(services);
        return services.AddSingleton(embedded.Clients).BuildServiceProvider();
    }

    /// <summary>Makes the file one of before there were queues.</summary>
    private sealed class Dropping(GroupCommitter committer) : AnsweredWork<bool>(committer)
    {
        public override void Write(SqliteSession session)
        {
            _ = session.Prepare("DROP TABLE messages").Execute();
            _ = session.Prepare("DROP TABLE queues").Execute();
            _ = session.Prepare($"PRAGMA user_version = {TableSchema.Version - 1}").Execute();
        }

        protected override bool Committed() => true;

        protected override Exception Failed(Exception error) => error;
    }
}
