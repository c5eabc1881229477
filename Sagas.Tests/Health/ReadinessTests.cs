using System.Collections.Specialized;
using System.Net;
using System.Text;
using Azure;
using Azure.Core.Serialization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Sagas.Health;
using Sagas.Storage;

namespace Sagas.Tests.Health;

/// <summary>What only other hosts come to: the embedded one has its hub with it, and refuses every call once it stops.</summary>
public sealed class ReadinessTests
{
    private readonly Mock<DurableTaskClient> _client = new("any") { CallBase = true };
    private readonly Mock<IHostApplicationLifetime> _lifetime = new();

    [Fact]
    public async Task Ready_HubCannotBeReached_Is503ThatNamesIt()
    {
        HubAnswers().ThrowsAsync(new InvalidOperationException("No route to hub-7."));

        var (status, body) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Not to be reached: the task hub.", body, StringComparison.Ordinal);
        Assert.DoesNotContain("hub-7", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ready_HubAnswersThatThereIsNoSuchInstance_Is200()
    {
        HubAnswers().ReturnsAsync((OrchestrationMetadata?)null);

        Assert.Equal((HttpStatusCode.OK, """{"status":"ready"}"""), await AskAsync());
    }

    [Fact]
    public async Task Ready_HostStops_Is503WithoutALook()
    {
        _lifetime.SetupGet(static lifetime => lifetime.ApplicationStopping).Returns(new CancellationToken(canceled: true));

        var (status, body) = await AskAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("The host stops.", body, StringComparison.Ordinal);
        _client.Verify(static client => client.GetInstancesAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    private Moq.Language.Flow.ISetup<DurableTaskClient, Task<OrchestrationMetadata?>> HubAnswers() =>
        _client.Setup(static client => client.GetInstancesAsync(It.IsAny<string>(), It.IsAny<bool>(), It.IsAny<CancellationToken>()));

    private async Task<(HttpStatusCode Status, string Body)> AskAsync()
    {
        var api = new HealthApi(new Readiness(EmptyTables(), TimeProvider.System, NullLogger<Readiness>.Instance), _lifetime.Object);
        var response = await api.ReadyAsync(Request(), _client.Object);
        return (response.StatusCode, Encoding.UTF8.GetString(((MemoryStream)response.Body).ToArray()));
    }

    private static TableServiceClient EmptyTables()
    {
        var table = new Mock<TableClient>();
        table.Setup(static client => client.QueryAsync<TableEntity>(It.IsAny<string>(), It.IsAny<int?>(), It.IsAny<IEnumerable<string>>(), It.IsAny<CancellationToken>()))
            .Returns(AsyncPageable<TableEntity>.FromPages([]));
        return Mock.Of<TableServiceClient>(service => service.GetTableClient(SagaTables.Claims) == table.Object);
    }

    private static HttpRequestData Request()
    {
        var services = new ServiceCollection().Configure<WorkerOptions>(static worker => worker.Serializer = new JsonObjectSerializer(SagaJson.Options)).BuildServiceProvider();
        var context = Mock.Of<FunctionContext>(context => context.InstanceServices == services);
        var response = new Mock<HttpResponseData>(context);
        response.SetupAllProperties();
        response.Object.Headers = [];
        response.Object.Body = new MemoryStream();
        var request = new Mock<HttpRequestData>(context);
        request.SetupGet(static r => r.Query).Returns(new NameValueCollection());
        request.Setup(static r => r.CreateResponse()).Returns(response.Object);
        return request.Object;
    }
}
