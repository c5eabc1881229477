using System.Text;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Moq;
using OrderSagaFunctions.Orders;
using OrderSagaFunctions.Submissions;
using Sagas;

namespace OrderSagaFunctions.Tests.Orders;

/// <summary>Taking orders in on a host that does not start their sagas.</summary>
public sealed class SubmitOrderTests : IDisposable
{
    private readonly AppTables _tables = new();
    private readonly Mock<DurableTaskClient> _client = new("test");

    public void Dispose() => _tables.Dispose();

    [Fact]
    public async Task Run_StartFailsWhereTheEarlierSagaWasStopped_DoesNotAcceptTheOrder()
    {
        _client.Setup(client => client.GetInstanceAsync("again", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new OrchestrationMetadata("OrderSaga", "again") { RuntimeStatus = OrchestrationRuntimeStatus.Terminated });
        _client.Setup(client => client.ScheduleNewOrchestrationInstanceAsync(
                It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new InvalidOperationException("the storage is busy"));
        var submit = new SubmitOrder(
            new SubmissionStore(_tables.Client, _tables.Index, TimeProvider.System),
            new OrderStart(new OrderStore(_tables.Client, TimeProvider.System), _tables.Index, Options.Create(new SagaOptions())),
            Options.Create(new OrderOptions()));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => submit.RunAsync(Request(EndToEnd.Orders.Plain("again")), _client.Object, default));

        Assert.Equal("the storage is busy", failure.Message);
    }

    private static HttpRequestData Request(string json)
    {
        var request = new Mock<HttpRequestData>(Mock.Of<FunctionContext>());
        request.SetupGet(r => r.Query).Returns([]);
        request.SetupGet(r => r.Headers).Returns(new HttpHeadersCollection());
        request.SetupGet(r => r.Body).Returns(new MemoryStream(Encoding.UTF8.GetBytes(json)));
        return request.Object;
    }
}
